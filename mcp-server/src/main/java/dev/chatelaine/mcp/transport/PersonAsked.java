package dev.chatelaine.mcp.transport;

import dev.chatelaine.mcp.entry.EntryDesk;
import dev.chatelaine.mcp.entry.Offer;
import dev.chatelaine.mcp.tool.EntryAnswers;
import dev.chatelaine.mcp.tool.EntryFallback;
import dev.chatelaine.mcp.tool.ToolOutcome;
import dev.chatelaine.mcp.tool.ToolOutcome.NeedsEntry;
import dev.chatelaine.mcp.tool.ToolOutcome.NeedsEntry.Reason;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.entry.EntryTicket;
import dev.chatelaine.vault.entry.TicketState;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.ClientCapabilities;
import io.modelcontextprotocol.spec.McpSchema.ElicitRequest;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import io.modelcontextprotocol.spec.McpSchema.ElicitUrlRequest;
import io.modelcontextprotocol.spec.McpSchema.ElicitationCompleteNotification;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Has a person enter what a call needs. A host that declared URL-mode elicitation (MCP 2025-11-25) is asked to show the
 * page, and the call waits; any other gets the page's link at once. Form mode is never used: what is typed there goes
 * through the host.
 */
final class PersonAsked {
    private static final Logger LOG = LoggerFactory.getLogger(PersonAsked.class);

    private final EntryDesk desk;
    private final Supplier<Vault> vault;
    private final Completions completions;
    private final Scheduler calls;
    private final Patience patience;

    /** Tells a host's session that a page was used. */
    @FunctionalInterface
    interface Completions {
        Mono<Void> send(String sessionId, ElicitationCompleteNotification notification);
    }

    /**
     * How long a call waits for a person.
     *
     * @param silent without progress to report: hosts give up on a silent call after about a minute
     * @param progress between two reports
     * @param look between two looks at the ticket
     */
    record Patience(Duration silent, Duration progress, Duration look) {
        static final Patience USUAL =
                new Patience(Duration.ofSeconds(45), Duration.ofSeconds(5), Duration.ofMillis(500));
    }

    /**
     * People at this desk.
     *
     * @param calls where what blocks is run
     */
    PersonAsked(EntryDesk desk, Supplier<Vault> vault, Completions completions, Scheduler calls, Patience patience) {
        this.desk = desk;
        this.vault = vault;
        this.completions = completions;
        this.calls = calls;
        this.patience = patience;
    }

    /** A call that waits for a person. */
    private record Waiting(
            McpAsyncServerExchange exchange,
            Actor actor,
            Offer offer,
            @Nullable Object progressToken) {
        EntryTicket ticket() {
            return offer.ticket();
        }
    }

    /** What came of a call that needs a value. */
    Mono<ToolOutcome> outcome(
            McpAsyncServerExchange exchange, Actor actor, NeedsEntry needed, @Nullable Object progressToken) {
        return Mono.fromCallable(() -> desk.open(actor, needed.request()))
                .subscribeOn(calls)
                .flatMap(offer -> offered(new Waiting(exchange, actor, offer, progressToken), needed))
                .onErrorResume(VaultException.class, e -> Mono.just(refused(e, needed)));
    }

    /** A value that was handed over is refused whatever else is wrong. */
    private static ToolOutcome refused(VaultException e, NeedsEntry needed) {
        return needed.reason() == Reason.INLINE_DENIED ? EntryFallback.toError(needed) : EntryAnswers.refused(e);
    }

    private Mono<ToolOutcome> offered(Waiting waiting, NeedsEntry needed) {
        if (needed.reason() == Reason.INLINE_DENIED) {
            return presented(
                    waiting,
                    EntryAnswers.denied(
                            needed.request(), waiting.ticket(), waiting.offer().url()));
        }
        return showsPages(waiting.exchange()) ? elicited(waiting) : presented(waiting, link(waiting));
    }

    private Mono<ToolOutcome> presented(Waiting waiting, ToolOutcome outcome) {
        return Mono.fromCallable(() -> {
                    desk.present(waiting.offer());
                    return outcome;
                })
                .subscribeOn(calls);
    }

    private static ToolOutcome link(Waiting waiting) {
        return EntryAnswers.link(waiting.ticket(), waiting.offer().url());
    }

    static boolean showsPages(McpAsyncServerExchange exchange) {
        ClientCapabilities capabilities = exchange.getClientCapabilities();
        return capabilities != null
                && capabilities.elicitation() != null
                && capabilities.elicitation().url() != null;
    }

    /**
     * The first that happens: the ticket ends, the host says no or cannot, or the patience is over. A ticket that is
     * used later is still told of.
     */
    private Mono<ToolOutcome> elicited(Waiting waiting) {
        Mono<TicketState> end = end(waiting).cache();
        end.filter(state -> state == TicketState.USED)
                .flatMap(used -> completions.send(
                        waiting.exchange().sessionId(),
                        new ElicitationCompleteNotification(waiting.ticket().id())))
                .subscribe(null, e -> LOG.atDebug().log("the host was not told that a page was used"));
        Mono<ToolOutcome> ended = end.flatMap(state -> ended(waiting, state));
        Mono<ToolOutcome> waited = Mono.firstWithValue(ended, answered(waiting));
        return waiting.progressToken() == null
                ? waited.timeout(patience.silent(), Mono.fromSupplier(() -> link(waiting)))
                : Flux.merge(waited, progress(waiting).cast(ToolOutcome.class)).next();
    }

    private Mono<TicketState> end(Waiting waiting) {
        return Flux.interval(patience.look())
                .onBackpressureDrop()
                .concatMap(
                        tick -> Mono.fromCallable(() -> desk.stateOf(waiting.actor(), waiting.offer()))
                                .subscribeOn(calls),
                        1)
                .filter(state -> state != TicketState.OPEN)
                .next();
    }

    private Mono<ToolOutcome> ended(Waiting waiting, TicketState state) {
        return Mono.<ToolOutcome>fromCallable(() -> switch (state) {
                    case USED -> EntryAnswers.stored(vault.get(), waiting.actor(), waiting.ticket());
                    case DECLINED -> EntryAnswers.declined(waiting.ticket());
                    case EXPIRED, OPEN -> EntryAnswers.expired(waiting.ticket());
                })
                .subscribeOn(calls);
    }

    /** What the host's own answer decides: nothing when the person agreed, for then the page does. */
    private Mono<ToolOutcome> answered(Waiting waiting) {
        EntryTicket ticket = waiting.ticket();
        ElicitRequest request = ElicitUrlRequest.builder(
                        message(ticket), waiting.offer().url().toString(), ticket.id())
                .build();
        return waiting.exchange()
                .createElicitation(request)
                .flatMap(result ->
                        result.action() == ElicitResult.Action.ACCEPT ? Mono.<ToolOutcome>never() : declined(waiting))
                .onErrorResume(e -> Mono.just(link(waiting)));
    }

    private Mono<ToolOutcome> declined(Waiting waiting) {
        return Mono.fromCallable(() -> desk.decline(waiting.actor(), waiting.offer()))
                .subscribeOn(calls)
                .flatMap(state -> ended(waiting, state));
    }

    private Mono<Void> progress(Waiting waiting) {
        Object token = Objects.requireNonNull(waiting.progressToken(), "asked for");
        String message = "Waiting for the person to enter " + waiting.ticket().name() + " on the page.";
        return Flux.interval(patience.progress())
                .onBackpressureDrop()
                .concatMap(
                        tick -> waiting.exchange()
                                .progressNotification(ProgressNotification.builder(token, tick + 1.0)
                                        .message(message)
                                        .build()),
                        1)
                .onErrorResume(e -> Flux.never())
                .then();
    }

    private static String message(EntryTicket ticket) {
        return "Enter " + ticket.name() + " of the tenant " + ticket.tenant()
                + " on Chatelaine's page. The assistant does not see what you type.";
    }
}
