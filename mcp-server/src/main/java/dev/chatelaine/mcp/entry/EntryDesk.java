package dev.chatelaine.mcp.entry;

import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.entry.EntryRequest;
import dev.chatelaine.vault.entry.TicketState;

/** Where people enter the values that tool calls need. Safe for several threads; its methods block. */
public interface EntryDesk extends AutoCloseable {
    /**
     * Opens a page for the actor.
     *
     * @throws dev.chatelaine.vault.VaultException as {@link dev.chatelaine.vault.entry.EntryTickets#open}
     */
    Offer open(Actor actor, EntryRequest request);

    /** How far a page has come that was opened for the actor. */
    TicketState stateOf(Actor actor, Offer offer);

    /** Closes a page that nobody wants any more; answers how it ended, for it may have been used before. */
    TicketState decline(Actor actor, Offer offer);

    /** Brings a page before the person by itself, where that is wanted and can be done. */
    default void present(Offer offer) {}

    /** Closes what only this process can serve. */
    @Override
    default void close() {}
}
