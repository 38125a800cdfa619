package dev.chatelaine.vault.secret;

import dev.chatelaine.vault.provider.KeyStatus;
import dev.chatelaine.vault.provider.ProviderId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * All that anybody is told of a secret.
 *
 * @param id {@code sec_…}, the same through all its versions
 * @param name its name, unique among the tenant's living secrets
 * @param category what it is for
 * @param description what a person wrote about it
 * @param hint the last four characters of the value, or null where it is shorter than 16
 * @param version the number of the current version, from 1
 * @param createdAt when it was first stored
 * @param updatedAt when it was last changed
 * @param lastUsedAt when its value was last opened for a use, or null
 * @param deletedAt when it was deleted, or null
 * @param purgeAt when a deleted one is gone for good, or null
 * @param provider whose key it is, or null where it is not a provider key
 * @param keyStatus what is known of a provider key; {@code UNVERIFIED} for others
 * @param lastVerifiedAt when a provider last said valid or invalid, or null
 */
public record SecretMetadata(
        String id,
        SecretName name,
        Category category,
        Description description,
        @Nullable String hint,
        long version,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant deletedAt,
        @Nullable Instant purgeAt,
        @Nullable ProviderId provider,
        KeyStatus keyStatus,
        @Nullable Instant lastVerifiedAt) {

    /** The last that is told of a secret which is gone since this moment. */
    SecretMetadata purged(Instant now) {
        return new SecretMetadata(
                id,
                name,
                category,
                description,
                hint,
                version,
                createdAt,
                updatedAt,
                lastUsedAt,
                deletedAt == null ? now : deletedAt,
                now,
                provider,
                keyStatus,
                lastVerifiedAt);
    }
}
