package dev.chatelaine.gateway.call;

import dev.chatelaine.gateway.GatewayError;
import dev.chatelaine.gateway.GatewayException;
import dev.chatelaine.gateway.resolution.Call;
import dev.chatelaine.gateway.resolution.Candidate;
import dev.chatelaine.gateway.resolution.Candidates;
import dev.chatelaine.gateway.resolution.ConfigurationSource;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.provider.Catalog;
import dev.chatelaine.vault.upstreamkey.OpenedKey;
import dev.chatelaine.vault.usage.Ledger;
import dev.chatelaine.vault.usage.Reservations;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * How requests begin: who asks, whom to ask with which key, and what that may cost at worst. Those with the same
 * credentials that come together have all of that found out by one look and reserved by one transaction, which began after
 * the last of them had come. Nobody's thread waits for it. Safe for several threads.
 */
final class Beginnings {
    private static final int AT_ONCE = 64;

    private final Vault vault;
    private final Catalog catalog;
    private final ConfigurationSource configurations;
    private final CallParts parts;
    private final Batches<Object, Beginning> batches = new Batches<>(AT_ONCE, (credentials, batch) -> begin(batch));

    Beginnings(Vault vault, Catalog catalog, ConfigurationSource configurations, CallParts parts) {
        this.vault = vault;
        this.catalog = catalog;
        this.configurations = configurations;
        this.parts = parts;
    }

    /** Begins a request and answers it; what is wrong with it is told once it is known who asks. */
    Mono<GatewayAnswer> begin(Visitor visitor, Arrival arrival, Tried<Asked> asked) {
        return Mono.<Invocation>create(
                        sink -> batches.add(visitor.credentials(), new Beginning(visitor, arrival, asked, sink)))
                .flatMap(Invocation::run);
    }

    private record Beginning(Visitor visitor, Arrival arrival, Tried<Asked> asked, MonoSink<Invocation> sink) {
        void begun(Invocation invocation) {
            try {
                sink.success(invocation);
            } finally {
                // Whoever has gone meanwhile does not run it.
                invocation.endUnlessRun();
            }
        }

        /** Tells this one, whatever becomes of that: others are told after it. */
        void tell(Tried<Invocation> begun) {
            try {
                begun.tell(this::begun, sink::error);
            } catch (VirtualMachineError | LinkageError e) {
                sink.error(Contained.failure(e));
            }
        }
    }

    /** Whatever happens, memory that runs out among it, those of a batch are told, and the next one follows. */
    private Mono<Runnable> begin(List<Beginning> batch) {
        return Mono.fromCallable(() -> Contained.of(() -> begun(batch)))
                .subscribeOn(parts.blocking())
                .onErrorResume(failure -> Mono.just(failed(batch, failure)));
    }

    private static Runnable failed(List<Beginning> batch, Throwable failure) {
        return () -> batch.forEach(one -> one.sink().error(failure));
    }

    private Runnable begun(List<Beginning> batch) {
        Caller caller = batch.get(0).visitor().identity().get();
        Look look = new Look(configurations, parts.keys());
        List<Tried<Invocation>> invocations = batch.stream()
                .map(one -> Tried.of(() -> invocation(one, caller, look)))
                .toList();
        reserve(caller, invocations.stream().flatMap(Tried::stream).toList());
        return () -> {
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).tell(invocations.get(i));
            }
        };
    }

    private void reserve(Caller caller, List<Invocation> invocations) {
        List<Invocation> prepared = new ArrayList<>();
        List<Ledger.Asking<Optional<OpenedKey>>> askings = new ArrayList<>();
        for (Invocation invocation : invocations) {
            invocation.prepare().ifPresent(asking -> {
                prepared.add(invocation);
                askings.add(asking);
            });
        }
        if (!askings.isEmpty()) {
            Tried<Reservations<Optional<OpenedKey>>> reserved =
                    Tried.of(() -> parts.ledger().reserve(caller.payer(), askings, parts.life()));
            prepared.forEach(
                    invocation -> invocation.reserved(id -> reserved.get().of(id)));
        }
    }

    private Invocation invocation(Beginning one, Caller caller, Look look) {
        one.visitor().admission().accept(caller);
        Asked asked = one.asked().get();
        List<Candidate> candidates = candidates(caller, asked, look);
        return new Invocation(parts, caller, one.arrival(), asked, look.credentials(caller.actor(), candidates));
    }

    private List<Candidate> candidates(Caller caller, Asked asked, Look look) {
        List<String> refused = new ArrayList<>();
        Call call = new Call(asked.model(), asked.fallbacks(), caller.fallback(), model -> {
            if (!caller.allows(model)) {
                refused.add(model);
            }
            return caller.allows(model);
        });
        try {
            return new Candidates(catalog, look).of(caller.actor(), call);
        } catch (GatewayException e) {
            if (e.error() == GatewayError.MODEL_NOT_ALLOWED && caller.key() != null) {
                vault.gatewayKeys().requireAllowed(caller.key(), refused.get(0));
            }
            throw e;
        }
    }
}
