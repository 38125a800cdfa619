package dev.chatelaine.vault.bundle;

import dev.chatelaine.vault.store.Transaction;

/** Who was given a bundle's values, and has to be given the new ones. */
@FunctionalInterface
public interface BundleFollower {
    /**
     * Follows a change, in the transaction that makes it: both happen, or neither.
     *
     * @param change never none
     */
    void changed(Transaction tx, BundleChange change);
}
