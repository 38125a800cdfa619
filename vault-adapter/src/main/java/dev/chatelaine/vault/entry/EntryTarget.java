package dev.chatelaine.vault.entry;

import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Permission;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.store.Transaction;
import org.jspecify.annotations.Nullable;

/** Where a value goes by its ticket's purpose. */
interface EntryTarget {
    /**
     * Makes every check that storing would make, but for the value's own.
     *
     * @throws dev.chatelaine.vault.VaultException what storing would be refused with
     */
    Awaited check(Actor asker, EntryRequest request);

    /** What it takes to store there. */
    Permission toStore(TicketRow ticket);

    /**
     * What is there now, for one who may store there.
     *
     * @throws dev.chatelaine.vault.VaultException {@code permission_denied}; not found where it is gone
     */
    Awaited present(Actor visitor, TicketRow ticket);

    /**
     * Stores a value, in the transaction that ends the ticket.
     *
     * @param replacing the revision that the person decided to replace; null for that which the ticket was opened for
     */
    void store(Transaction tx, Actor visitor, TicketRow ticket, SecretValue value, @Nullable Long replacing);
}
