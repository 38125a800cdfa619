package dev.chatelaine.vault.byok;

import dev.chatelaine.vault.provider.KeyStatus;
import dev.chatelaine.vault.provider.Provider;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant has for a provider.
 *
 * @param provider the provider
 * @param source where the key is kept
 * @param hint its last four characters, or null
 * @param status what is known of it, or null where there is no key
 * @param lastVerifiedAt when the provider last said valid or invalid, or null
 * @param lastUsedAt when it was last opened for a use, or null
 */
public record ProviderOverview(
        Provider provider,
        Source source,
        @Nullable String hint,
        @Nullable KeyStatus status,
        @Nullable Instant lastVerifiedAt,
        @Nullable Instant lastUsedAt) {

    /** Whether there is a key. */
    public boolean configured() {
        return source != Source.NONE;
    }

    /** Where a provider's key is kept. */
    public enum Source {
        SECRET,
        CONFIGURATION,
        NONE;

        /** The source's name on the wire: {@code secret}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
