package dev.chatelaine.vault.bundle;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that anybody is told of a bundle.
 *
 * @param id {@code bun_…}; a bundle that is made anew under the same name has another
 * @param name its name, unique in the tenant
 * @param keyNames the names of its values, in alphabetical order
 * @param createdAt when it was made
 * @param lastRotatedAt when its values were last replaced, were they the same or not; null where they never were
 */
public record Bundle(
        String id,
        BundleName name,
        List<KeyName> keyNames,
        Instant createdAt,
        @Nullable Instant lastRotatedAt) {
    public Bundle {
        keyNames = List.copyOf(keyNames);
    }
}
