package dev.chatelaine.vault.llm;

import dev.chatelaine.vault.provider.KeyStatus;
import dev.chatelaine.vault.provider.ProviderId;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A configuration as anybody may see it.
 *
 * @param id {@code cfg_…}, the same through renames
 * @param name its name, unique within the tenant
 * @param provider whose model
 * @param model which
 * @param baseUrl where the provider is reached, or null for its usual place
 * @param fallbacks what is asked when the model cannot answer
 * @param key what is told of the key of its own, or null where it has none
 * @param isDefault whether it is the tenant's default
 * @param createdAt when it was made
 * @param updatedAt when it was last changed
 */
public record LlmConfiguration(
        String id,
        ConfigurationName name,
        ProviderId provider,
        ModelName model,
        @Nullable URI baseUrl,
        Fallbacks fallbacks,
        @Nullable OwnKey key,
        boolean isDefault,
        Instant createdAt,
        Instant updatedAt) {

    /**
     * Tells one state of the record from every other: when it was changed, in milliseconds. A change always moves it
     * forward. What a key or the default does to the configuration is not part of the record.
     */
    public long revision() {
        return updatedAt.toEpochMilli();
    }

    /** The time of a change, which is later than that of the one before even within a millisecond. */
    Instant updatedAfter(long now) {
        return Instant.ofEpochMilli(Math.max(now, revision() + 1));
    }

    /**
     * All that anybody is told of a configuration's own key.
     *
     * @param version counts the keys that the configuration has had, from 1
     * @param hint its last four characters, or null where it is shorter than 16
     * @param status what is known of it
     * @param lastVerifiedAt when the provider last said valid or invalid, or null
     * @param lastUsedAt when it was last opened for a use, or null
     */
    public record OwnKey(
            long version,
            @Nullable String hint,
            KeyStatus status,
            @Nullable Instant lastVerifiedAt,
            @Nullable Instant lastUsedAt) {}
}
