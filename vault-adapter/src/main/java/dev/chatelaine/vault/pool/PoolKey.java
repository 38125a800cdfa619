package dev.chatelaine.vault.pool;

import dev.chatelaine.vault.provider.KeyStatus;
import dev.chatelaine.vault.provider.ProviderId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A pool key's metadata.
 *
 * @param provider whose key it is
 * @param version tells it from every other key that the pool has had of this provider; later ones have higher ones
 * @param hint the last four characters, or null for a short key
 * @param status whether it works, as far as is known
 * @param createdAt since when it is there
 * @param createdBy who set it
 */
public record PoolKey(
        ProviderId provider,
        long version,
        @Nullable String hint,
        KeyStatus status,
        Instant createdAt,
        String createdBy) {}
