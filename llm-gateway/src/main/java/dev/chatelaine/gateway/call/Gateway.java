package dev.chatelaine.gateway.call;

import dev.chatelaine.gateway.GatewayException;
import dev.chatelaine.gateway.resolution.Candidates;
import dev.chatelaine.gateway.upstream.Retries;
import dev.chatelaine.gateway.upstream.RetryPolicy;
import dev.chatelaine.gateway.upstream.UpstreamClient;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.provider.Catalog;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

/**
 * The gateway: asks whoever a request may be answered by, with the tenant's own key first. It works from its making to
 * {@link #close}. Safe for several threads.
 */
public final class Gateway implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final int THREADS = 128;
    private static final int QUEUE = 100_000;
    private static final Duration SWEEP = Duration.ofMinutes(1);
    private static final Duration SETTLED = Duration.ofSeconds(1);
    private static final Duration GOODBYE = Duration.ofSeconds(5);

    private final Vault vault;
    private final UpstreamClient client;
    private final Scheduler blocking;
    private final Settlements settlements;
    private final CallParts parts;
    private final Beginnings beginnings;
    private final Models models;
    private final Disposable sweeping;

    /**
     * A gateway over a vault, which stays open longer.
     *
     * @param catalog the vault's
     * @param client how providers are asked; the gateway closes it
     */
    public Gateway(
            Vault vault,
            Catalog catalog,
            UpstreamClient client,
            GatewayLimits limits,
            Clock clock,
            RandomGenerator random) {
        this.vault = vault;
        this.client = client;
        this.blocking = Schedulers.newBoundedElastic(THREADS, QUEUE, "gateway", 60, true);
        this.settlements = new Settlements(vault.ledger(), blocking);
        VaultConfigurations configurations = new VaultConfigurations(vault.llmConfigurations());
        this.models = new Models(
                catalog, new Candidates(catalog, configurations), vault.upstreamKeys(), vault.llmConfigurations());
        this.parts = new CallParts(
                vault.ledger(),
                vault.upstreamKeys(),
                new Retries(client, RetryPolicy.usual(random)),
                settlements,
                blocking,
                limits.deadline(),
                clock);
        this.beginnings = new Beginnings(vault, catalog, configurations, parts);
        this.sweeping = Flux.interval(SWEEP, blocking).onBackpressureDrop().subscribe(tick -> sweep());
    }

    /** A new request's id, under which its usage is recorded. */
    public String newRequestId() {
        return vault.ledger().newRequestId();
    }

    /**
     * Answers a request for a chat completion.
     *
     * @param id from {@link #newRequestId}
     * @param request in OpenAI's shape; asked for at once. What it throws is told when it is known that somebody calls who
     *     may
     * @return the answer. Fails with {@link GatewayException}, {@link VaultException} or {@link CallFailedException}, and
     *     with what the visitor's identity or admission or the request throws. Cancelling gives up what was asked. Nobody's
     *     thread waits
     */
    public Mono<GatewayAnswer> chat(Visitor visitor, String id, Supplier<JsonNode> request) {
        Tried<Asked> asked = Tried.of(() -> AskedReader.chat(request.get()));
        return beginnings.begin(visitor, Arrival.now(id, parts.deadline()), asked);
    }

    /** Answers a request for embeddings, as {@link #chat} does. */
    public Mono<GatewayAnswer> embeddings(Visitor visitor, String id, Supplier<JsonNode> request) {
        Tried<Asked> asked = Tried.of(() -> AskedReader.embeddings(request.get()));
        return beginnings.begin(visitor, Arrival.now(id, parts.deadline()), asked);
    }

    /** The models that the caller may name. Blocks. */
    public List<GatewayModel> models(Caller caller) {
        return models.of(caller);
    }

    /** The model that the caller may name so; nothing where there is none, or none for this caller. Blocks. */
    public Optional<GatewayModel> model(Caller caller, String name) {
        return models.find(caller, name);
    }

    /**
     * Waits until what the requests of a tenant that have ended in this gateway have used is written down: whoever has an
     * answer finds it in the usage. For a second at most; where it takes longer, the vault is away. Blocks.
     */
    public void awaitSettled(TenantId tenant) {
        settlements.await(tenant, SETTLED);
    }

    private void sweep() {
        try {
            vault.ledger().sweepEverywhere();
        } catch (RuntimeException e) {
            // It is due again in a minute, which it would not be after a failure.
            LOG.atWarn()
                    .addKeyValue("error", e.getClass().getName())
                    .addKeyValue("code", e instanceof VaultException known ? known.code() : "")
                    .log("reservations could not be looked through; it is tried again");
        }
    }

    /**
     * Gives up what is under way, and waits a moment for what is to be written of it. Where the database is away for longer
     * than that, the ledger settles it with its worst case once its time is over.
     */
    @Override
    public void close() {
        sweeping.dispose();
        client.close();
        settlements.end(GOODBYE);
        blocking.dispose();
    }
}
