package dev.chatelaine.mcp.entry;

import dev.chatelaine.http.entry.EntryRoutes;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.entry.EntryPage;
import dev.chatelaine.vault.entry.EntryRequest;
import dev.chatelaine.vault.entry.EntryTickets;
import dev.chatelaine.vault.entry.OpenedTicket;
import dev.chatelaine.vault.entry.TicketState;
import java.net.URI;
import java.util.function.Supplier;

/** The pages of an instance that people sign in to. */
public final class ServedEntryDesk implements EntryDesk {
    private final EntryTickets tickets;
    private final Supplier<URI> publicUrl;

    /**
     * The desk of an instance.
     *
     * @param publicUrl its address as people know it
     */
    public ServedEntryDesk(EntryTickets tickets, Supplier<URI> publicUrl) {
        this.tickets = tickets;
        this.publicUrl = publicUrl;
    }

    @Override
    public Offer open(Actor actor, EntryRequest request) {
        OpenedTicket opened = tickets.open(actor, EntryPage.CONSOLE, request);
        return new Offer(opened.ticket(), URI.create(publicUrl.get() + EntryRoutes.path(opened.secret())));
    }

    @Override
    public TicketState stateOf(Actor actor, Offer offer) {
        return tickets.stateOf(actor, offer.ticket().id());
    }

    @Override
    public TicketState decline(Actor actor, Offer offer) {
        return tickets.decline(actor, offer.ticket().id());
    }
}
