package dev.chatelaine.vault.secret;

import dev.chatelaine.vault.crypto.PlacedValue;
import dev.chatelaine.vault.store.Transaction;

/** Who was given secrets' values, and has to be given the new ones. */
@FunctionalInterface
public interface SecretFollower {
    /**
     * Follows a new value, in the transaction that makes it the secret's: both happen, or neither.
     *
     * @param secretId {@code sec_…}
     * @param value the new value
     */
    void renewed(Transaction tx, String secretId, PlacedValue value);
}
