package dev.chatelaine.vault.entry;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a value is entered for, as it is at the moment.
 *
 * @param recordId of the secret or the configuration; null where there is none yet
 * @param name its name
 * @param revision tells this state of it from every other; 0 where there is none yet
 * @param changedAt when it was last changed; null where there is none yet
 * @param provider whose key it is, as people know it: {@code OpenAI}; null where it is no provider's
 * @param endpoint where a configuration's key is sent when it is used; null for a secret
 * @param keysUrl where a person gets such a key; null where nobody told
 */
public record Awaited(
        @Nullable String recordId,
        String name,
        long revision,
        @Nullable Instant changedAt,
        @Nullable String provider,
        @Nullable URI endpoint,
        @Nullable URI keysUrl) {}
