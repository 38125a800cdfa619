package dev.chatelaine.mcp.entry;

import dev.chatelaine.http.entry.EntryRoutes;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.entry.EntryPage;
import dev.chatelaine.vault.entry.EntryRequest;
import dev.chatelaine.vault.entry.EntryTickets;
import dev.chatelaine.vault.entry.OpenedTicket;
import dev.chatelaine.vault.entry.TicketState;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pages that this process serves itself, on a loopback port of its own choosing, while one of its tickets is open.
 * Closing it declines those that are.
 */
public final class LocalEntryDesk implements EntryDesk {
    private static final Logger LOG = LoggerFactory.getLogger(LocalEntryDesk.class);

    /** How long after the last ticket's end the page can still load what it is made of. */
    private static final int LINGERS_SECONDS = 10;

    private final Supplier<Vault> vault;
    private final SecureRandom random;
    private final @Nullable Consumer<URI> browser;
    private final Map<String, Actor> open = new ConcurrentHashMap<>();
    private @Nullable LocalEntryServer server;
    private int idleSeconds;

    /**
     * The desk of the local user.
     *
     * @param vault asked when a page is opened, and not before
     * @param browser shows a page to the person; null where they have not asked for that
     */
    public LocalEntryDesk(Supplier<Vault> vault, SecureRandom random, @Nullable Consumer<URI> browser) {
        this.vault = vault;
        this.random = random;
        this.browser = browser;
    }

    @Override
    public synchronized Offer open(Actor actor, EntryRequest request) {
        OpenedTicket opened = tickets().open(actor, EntryPage.LOCAL, request);
        open.put(opened.ticket().id(), actor);
        idleSeconds = 0;
        try {
            URI address = serving(actor).address();
            return new Offer(opened.ticket(), URI.create(address + EntryRoutes.path(opened.secret())));
        } catch (RuntimeException e) {
            ended(opened.ticket().id(), tickets().decline(actor, opened.ticket().id()));
            throw e;
        }
    }

    @Override
    public TicketState stateOf(Actor actor, Offer offer) {
        return ended(
                offer.ticket().id(), tickets().stateOf(actor, offer.ticket().id()));
    }

    @Override
    public TicketState decline(Actor actor, Offer offer) {
        return ended(
                offer.ticket().id(), tickets().decline(actor, offer.ticket().id()));
    }

    @Override
    public void present(Offer offer) {
        if (browser != null) {
            browser.accept(offer.url());
        }
    }

    @Override
    public synchronized void close() {
        try {
            open.forEach((id, actor) -> tickets().decline(actor, id));
        } finally {
            open.clear();
            stop();
        }
    }

    private LocalEntryServer serving(Actor actor) {
        LocalEntryServer running = server;
        if (running == null) {
            running = LocalEntryServer.start(tickets(), actor, random, this::look);
            server = running;
        }
        return running;
    }

    /** Every second while the page is served: stops serving it once it is not wanted any more. */
    private synchronized void look() {
        try {
            open.forEach((id, actor) -> ended(id, tickets().stateOf(actor, id)));
        } catch (VaultException e) {
            LOG.atWarn().addKeyValue("code", e.code().code()).log("the state of an entry page is not known");
        }
        idleSeconds = open.isEmpty() ? idleSeconds + 1 : 0;
        if (idleSeconds > LINGERS_SECONDS) {
            stop();
        }
    }

    private void stop() {
        if (server != null) {
            server.close();
            server = null;
        }
    }

    private TicketState ended(String id, TicketState state) {
        if (state != TicketState.OPEN) {
            open.remove(id);
        }
        return state;
    }

    private EntryTickets tickets() {
        return vault.get().entryTickets();
    }
}
