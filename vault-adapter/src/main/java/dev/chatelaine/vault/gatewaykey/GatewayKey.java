package dev.chatelaine.vault.gatewaykey;

import dev.chatelaine.vault.usage.KeySpend;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A gateway key's metadata.
 *
 * @param id its id: {@code gwk_…}
 * @param name its name
 * @param allowedModels which models it may ask; null for every model
 * @param fallbackModel what is asked when nothing else answers, if something is
 * @param expiresAt until when it works; null for as long as it is there
 * @param hint the last four characters of the key
 * @param spend its cap and what it has spent; null where that was changed past Chatelaine
 * @param intact false where the row was changed past Chatelaine: such a key lets nobody in, and can only be deleted
 * @param createdAt since when it is there
 * @param createdBy who made it
 * @param updatedAt when it was last changed or rotated
 * @param revision counts its changes, from 1
 */
public record GatewayKey(
        String id,
        GatewayKeyName name,
        @Nullable ModelPatterns allowedModels,
        @Nullable String fallbackModel,
        @Nullable Instant expiresAt,
        String hint,
        @Nullable KeySpend spend,
        boolean intact,
        Instant createdAt,
        String createdBy,
        Instant updatedAt,
        long revision) {}
