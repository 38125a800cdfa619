package dev.chatelaine.gateway.call;

import dev.chatelaine.gateway.GatewayError;
import dev.chatelaine.gateway.GatewayException;
import dev.chatelaine.gateway.failure.Attempt;
import dev.chatelaine.gateway.failure.Attempts;
import dev.chatelaine.gateway.failure.Reaction;
import dev.chatelaine.gateway.resolution.Credential;
import dev.chatelaine.gateway.upstream.UpstreamAnswer;
import dev.chatelaine.gateway.upstream.UpstreamException;
import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.provider.KeyStatus;
import dev.chatelaine.vault.upstreamkey.OpenedKey;
import dev.chatelaine.vault.usage.Ledger;
import dev.chatelaine.vault.usage.Reserved;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * One request on its way along the chain of those who may answer it. It is prepared, reserved for and run, each once and by
 * one thread after the other; from then on it may be on any.
 */
final class Invocation {
    /** How long a request without room waits for those before it to be settled, whose reservations may be in its way. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final CallParts parts;
    private final Caller caller;
    private final List<Credential> chain;
    private final Reserving reserving;
    private final Ending ending;
    private final Arrival arrival;
    private final boolean tellsUsage;
    private boolean running;
    private Reserving.@Nullable Prepared prepared;
    private @Nullable Tried<Optional<Reserving.Ready>> first;
    private volatile Attempts attempts = Attempts.NONE;
    private volatile boolean asking;
    private volatile @Nullable UpstreamException last;
    private volatile @Nullable RuntimeException refusal;

    Invocation(CallParts parts, Caller caller, Arrival arrival, Asked asked, List<Credential> chain) {
        this.parts = parts;
        this.caller = caller;
        this.arrival = arrival;
        this.tellsUsage = asked.tellsUsage();
        this.chain = chain;
        this.reserving = new Reserving(parts, caller.payer(), arrival.id(), asked);
        this.ending = new Ending(parts, caller.payer(), arrival, asked.streamed());
    }

    /** What is to be reserved for asking the first; nothing where it cannot be asked. */
    Optional<Ledger.Asking<Optional<OpenedKey>>> prepare() {
        Tried<Reserving.Prepared> tried = Tried.of(() -> reserving.prepare(chain.get(0)));
        first = tried.failed();
        prepared = tried.stream().findFirst().orElse(null);
        return Optional.ofNullable(prepared).map(reserving::asking);
    }

    /** Takes what was reserved for what {@link #prepare} gave, by the request's id; it throws what it was refused with. */
    void reserved(Function<String, Reserved<Optional<OpenedKey>>> reservations) {
        Reserving.Prepared asked = Objects.requireNonNull(prepared, "nothing is reserved that was not asked for");
        first = Tried.of(() -> {
            Reserved<Optional<OpenedKey>> reserved = reservations.apply(arrival.id());
            ending.reserved(chain.get(0), reserving.promptAtMost());
            return reserving.reserved(asked, reserved);
        });
    }

    /** The answer of the first who gives one. Whoever cancels has gone, and what was asked is given up. */
    Mono<GatewayAnswer> run() {
        running = true;
        return begun().doOnError(failure -> ending.failed(
                        failure, attempts.list().size(), chain.get(0).candidate()))
                .doOnCancel(() -> ending.gone(attempts.list().size() + (asking ? 1 : 0)));
    }

    /** Gives back what it holds, where it was not run. */
    void endUnlessRun() {
        if (!running) {
            ending.gone(0);
        }
    }

    private Mono<GatewayAnswer> begun() {
        Tried<Optional<Reserving.Ready>> begun = Objects.requireNonNull(first, "what runs was prepared");
        // The key is not kept for longer than it takes to ask with it.
        first = null;
        prepared = null;
        return begun.failedWith(Reserving::isForWantOfRoom)
                // Where it may wait for room.
                ? step(0)
                : passed(Mono.fromCallable(begun::get), 0).flatMap(one -> goOn(one, 0));
    }

    private Mono<GatewayAnswer> step(int at) {
        if (at >= chain.size()) {
            return Mono.error(over());
        }
        // Asked for first: what is settled while this is refused would otherwise be missed.
        Mono<Boolean> room = parts.settlements().room(caller.actor().tenant(), PATIENCE);
        Mono<Optional<Reserving.Ready>> reserved = Mono.fromCallable(() -> Contained.of(() -> reserve(chain.get(at))))
                .subscribeOn(parts.blocking());
        Mono<Optional<Reserving.Ready>> patient = reserved.onErrorResume(
                Invocation::isForWantOfRoom,
                refused -> room.flatMap(settled -> settled ? reserved : Mono.error(refused)));
        return passed(patient, at).flatMap(one -> goOn(one, at));
    }

    private static boolean isForWantOfRoom(Throwable failure) {
        return failure instanceof VaultException refused && Reserving.isForWantOfRoom(refused);
    }

    private Mono<GatewayAnswer> goOn(Optional<Reserving.Ready> ready, int at) {
        return ready.map(it -> send(it, at)).orElseGet(() -> step(at + 1));
    }

    private Optional<Reserving.Ready> reserve(Credential credential) {
        Optional<Reserving.Ready> ready = reserving.reserve(credential);
        ending.reserved(credential, reserving.promptAtMost());
        return ready;
    }

    /** Nothing where this one cannot be asked and another may be. */
    private Mono<Optional<Reserving.Ready>> passed(Mono<Optional<Reserving.Ready>> reserved, int at) {
        return reserved.onErrorResume(failure -> {
            boolean passes = failure instanceof RuntimeException refused && mayPass(refused, at);
            if (passes && refusal == null) {
                refusal = (RuntimeException) failure;
            }
            return passes ? Mono.just(Optional.empty()) : Mono.error(failure);
        });
    }

    /**
     * Who has no quota of the pool left may have a key of their own for another model; and where somebody was asked
     * already, what another cannot do is no answer to what was asked.
     */
    private boolean mayPass(RuntimeException refused, int at) {
        if (refused instanceof GatewayException) {
            return at > 0;
        }
        return refused instanceof VaultException known && (at > 0 || known.code() == ErrorCode.POOL_QUOTA_EXCEEDED);
    }

    private RuntimeException over() {
        UpstreamException failure = last;
        if (failure != null) {
            return new CallFailedException(arrival.id(), attempts, failure);
        }
        RuntimeException refused = refusal;
        return refused != null
                ? refused
                : new GatewayException(
                        GatewayError.NO_CREDENTIAL,
                        "The key for the model's provider was removed meanwhile. Add a provider key, or name another"
                                + " model.");
    }

    private Mono<GatewayAnswer> send(Reserving.Ready ready, int at) {
        return Mono.defer(() -> {
                    asking = true;
                    return parts.retries().send(ready.request(), arrival.deadline(), failure -> failed(ready, failure));
                })
                .map(answer -> answered(ready, answer))
                .onErrorResume(UpstreamException.class, failure -> next(ready, at, failure));
    }

    private void failed(Reserving.Ready ready, UpstreamException failure) {
        attempts = attempts.and(new Attempt(
                ready.credential().candidate().id(),
                ready.credential().payer().label(),
                failure.category(),
                failure.status()));
        last = failure;
    }

    private Mono<GatewayAnswer> next(Reserving.Ready ready, int at, UpstreamException failure) {
        Reaction reaction = failure.category().reaction();
        if (reaction == Reaction.RETURN || reaction == Reaction.STOP) {
            return Mono.error(new CallFailedException(arrival.id(), attempts, failure));
        }
        if (reaction == Reaction.NEXT_CREDENTIAL) {
            report(ready, KeyStatus.INVALID);
            return step(at + 1);
        }
        return step(nextCandidate(at));
    }

    private int nextCandidate(int at) {
        int next = at + 1;
        while (next < chain.size()
                && chain.get(next).candidate().equals(chain.get(at).candidate())) {
            next++;
        }
        return next;
    }

    private GatewayAnswer answered(Reserving.Ready ready, UpstreamAnswer answer) {
        report(ready, KeyStatus.VALID);
        int went = attempts.list().size() + 1;
        CallFacts facts = CallFacts.of(
                arrival.id(), ready.credential(), went, ready.wire().changed());
        Answering answering = new Answering(parts, ending, tellsUsage, ready.credential(), facts);
        return answer instanceof UpstreamAnswer.Whole whole
                ? answering.whole(whole)
                : answering.stream(
                        (UpstreamAnswer.Events) answer, ready.request().watch());
    }

    /** That a key works is written down of one that did not, and the other way round. */
    private void report(Reserving.Ready ready, KeyStatus status) {
        if (ready.key() != null && ready.key().status() != status) {
            var key = ready.key();
            parts.settlements()
                    .submit(
                            caller.actor().tenant(),
                            arrival.id(),
                            () -> parts.keys().report(caller.actor(), key, status));
        }
    }
}
