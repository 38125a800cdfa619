package dev.chatelaine.gateway.call;

import dev.chatelaine.gateway.upstream.Deadline;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.usage.Ledger;
import dev.chatelaine.vault.usage.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Settles requests beside their answers, so that nobody waits for the ledger. Where the database cannot be reached, it is
 * tried again until the reservation's own deadline, after which the ledger settles the worst case by itself. Safe for
 * several threads.
 */
final class Settlements {
    private static final Logger LOG = LoggerFactory.getLogger(Settlements.class);
    /** As many as the ledger takes at once. */
    private static final int AT_ONCE = 64;
    /** How long a settlement waits for others: whoever would begin a request has to wait for each transaction. */
    private static final Duration LINGER = Duration.ofMillis(20);

    private final Ledger ledger;
    private final Scheduler blocking;
    private final Persistence persistence = new Persistence(Schedulers.parallel());
    /** What makes room for other requests. */
    private final Outstanding settlements = new Outstanding();

    private final Outstanding notes = new Outstanding();
    private final Batches<TenantId, Settling> settling =
            new Batches<>(AT_ONCE, LINGER, Schedulers.parallel(), this::settle);

    Settlements(Ledger ledger, Scheduler blocking) {
        this.ledger = ledger;
        this.blocking = blocking;
    }

    /** Settles a request, with those of its tenant that end soon after. */
    void settle(TenantId tenant, String id, Outcome outcome) {
        settling.add(tenant, new Settling(id, outcome, settlements.begin(tenant)));
    }

    /** @param done what to do once it is settled, or given up */
    private record Settling(String id, Outcome outcome, Runnable done) {}

    private Mono<Runnable> settle(TenantId tenant, List<Settling> batch) {
        Map<String, Outcome> outcomes =
                batch.stream().collect(Collectors.toMap(Settling::id, Settling::outcome, (first, again) -> first));
        return Mono.fromCallable(() -> Contained.of(() -> ledger.settle(tenant, outcomes)))
                .subscribeOn(blocking)
                .retryWhen(persistence.retry())
                .doOnNext(refused -> refused.forEach((id, failure) -> log(tenant, id, failure)))
                .doOnError(failure -> batch.forEach(one -> log(tenant, one.id(), failure)))
                .doFinally(signal -> batch.forEach(one -> one.done().run()))
                .then(Mono.empty());
    }

    void release(TenantId tenant, String id) {
        submit(tenant, id, () -> ledger.release(tenant, id), settlements.begin(tenant));
    }

    /** Writes down what is no settlement, such as a refusal or what a provider said of a key. */
    void submit(TenantId tenant, String id, Runnable work) {
        submit(tenant, id, work, notes.begin(tenant));
    }

    private void submit(TenantId tenant, String id, Runnable work, Runnable done) {
        Mono.<Void>fromRunnable(() -> Contained.of(() -> {
                    work.run();
                    return id;
                }))
                .subscribeOn(blocking)
                .retryWhen(persistence.retry())
                .doFinally(signal -> done.run())
                .subscribe(nothing -> {}, failure -> log(tenant, id, failure));
    }

    /**
     * Whether something of a tenant's is under way now, by whose settlement there may be room for a request that finds none:
     * true once all of it is settled, or the time is over. Nobody's thread waits for it.
     */
    Mono<Boolean> room(TenantId tenant, Duration longest) {
        List<CompletableFuture<Void>> own = settlements.of(tenant);
        if (own.isEmpty()) {
            return Mono.just(false);
        }
        return Mono.fromFuture(() -> together(own), true)
                .timeout(longest)
                .onErrorComplete()
                .thenReturn(true);
    }

    /** Waits until what was submitted of a tenant so far is written, though not for ever. */
    void await(TenantId tenant, Duration longest) {
        boolean unused = await(longest, settlements.of(tenant), notes.of(tenant));
    }

    /** Waits for those of all tenants, which do not take their time any more, though not for ever. */
    void end(Duration longest) {
        persistence.hurry();
        Deadline over = Deadline.after(longest);
        boolean waits = true;
        while (waits && left() > 0 && !over.hasPassed()) {
            waits = await(over.remaining(), settlements.all(), notes.all());
        }
        if (left() > 0) {
            LOG.atWarn()
                    .addKeyValue("requests", left())
                    .log("requests could not be settled before the end; when their time is over, their worst case is");
        }
    }

    private int left() {
        return settlements.all().size() + notes.all().size();
    }

    private static CompletableFuture<Void> together(List<CompletableFuture<Void>> futures) {
        return CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new));
    }

    /** Answers whether this thread may wait at all: one that is interrupted does not. */
    private static boolean await(
            Duration longest, List<CompletableFuture<Void>> some, List<CompletableFuture<Void>> more) {
        try {
            CompletableFuture.allOf(together(some), together(more)).get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (TimeoutException e) {
            LOG.atDebug().log("settlements are still under way");
        } catch (ExecutionException e) {
            throw new IllegalStateException("a settlement's end is no failure", e);
        }
        return true;
    }

    private static void log(TenantId tenant, String id, Throwable failure) {
        LOG.atError()
                .addKeyValue("tenant", tenant)
                .addKeyValue("request_id", id)
                .addKeyValue("error", failure.getClass().getName())
                .addKeyValue("message", failure instanceof VaultException known ? known.text() : "")
                .log("a request's end could not be written down; its reservation is settled with its worst case");
    }
}
