package dev.chatelaine.vault.session;

import dev.chatelaine.vault.bundle.BundleName;
import dev.chatelaine.vault.bundle.KeyName;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that anybody is told of a session but its runtime.
 *
 * @param id {@code ses_…}
 * @param status whether it runs
 * @param agent what kind of agent runs in it
 * @param template what it was made from, or null
 * @param llm the model that it uses, the vendor by its id; null where none was asked for
 * @param bundles its bundles, in the order in which they were named
 * @param secretRefs the ids of single secrets by the keys that hold them
 * @param keyNames the keys that it holds, in alphabetical order; a stopped session holds none
 * @param revision how often it was given values, from 1
 * @param userId for whom it runs, or null
 * @param createdAt when it was first started
 * @param stoppedAt when it was stopped, or null while it runs
 */
public record Session(
        String id,
        SessionStatus status,
        String agent,
        @Nullable String template,
        @Nullable ModelChoice llm,
        List<BundleName> bundles,
        SortedMap<KeyName, String> secretRefs,
        List<KeyName> keyNames,
        long revision,
        @Nullable String userId,
        Instant createdAt,
        @Nullable Instant stoppedAt) {
    public Session {
        bundles = List.copyOf(bundles);
        secretRefs = Collections.unmodifiableSortedMap(new TreeMap<>(secretRefs));
        keyNames = List.copyOf(keyNames);
    }
}
