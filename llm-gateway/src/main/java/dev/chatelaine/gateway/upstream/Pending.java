package dev.chatelaine.gateway.upstream;

import java.util.concurrent.CompletableFuture;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

/** Waits for what the HTTP client's threads will say. */
final class Pending {
    private Pending() {}

    /**
     * What the future becomes. Who cancels is told nothing more, so that a failure which giving up brings about is
     * nobody's.
     *
     * @param giveUp called after a cancellation
     */
    static <T> Mono<T> of(CompletableFuture<T> future, Runnable giveUp) {
        return Mono.fromFuture(future).doFinally(signal -> {
            if (signal == SignalType.CANCEL) {
                giveUp.run();
            }
        });
    }
}
