package dev.chatelaine.vault;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which revision of a thing a caller saw before changing it. It is compared in the transaction that makes the change,
 * so that of two callers who saw the same revision one fails.
 *
 * @param revisions those that the caller accepts; null for any; empty for none that there can be
 */
public record Expected(@Nullable Set<Long> revisions) {
    /** No expectation. */
    public static final Expected ANY = new Expected(null);

    public Expected {
        revisions = revisions == null ? null : Set.copyOf(revisions);
    }

    /**
     * Compares.
     *
     * @throws VaultException {@code conflict} when the present revision is another
     */
    public void check(long present) {
        if (revisions != null && !revisions.contains(present)) {
            throw new VaultException(
                    ErrorCode.CONFLICT,
                    "It has changed since you read it. Nothing was changed. Read it again and repeat the change if it"
                            + " is still wanted.");
        }
    }
}
