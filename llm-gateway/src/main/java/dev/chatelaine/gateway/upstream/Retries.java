package dev.chatelaine.gateway.upstream;

import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/** Asks a provider, and again where its policy says so. Nothing is asked again once a part of an answer has come. */
public final class Retries {
    private final UpstreamClient client;
    private final RetryPolicy policy;

    /** Retries of this client's requests. */
    public Retries(UpstreamClient client, RetryPolicy policy) {
        this.client = client;
        this.policy = policy;
    }

    /**
     * As {@link UpstreamClient#send}, with the failure of the last attempt where all failed. Cancelling ends a pause
     * too.
     *
     * @param failed is told of each failed attempt, the last one too, before anything is done about it
     */
    public Mono<UpstreamAnswer> send(UpstreamRequest request, Deadline deadline, Consumer<UpstreamException> failed) {
        return send(request, deadline, failed, 0);
    }

    private Mono<UpstreamAnswer> send(
            UpstreamRequest request, Deadline deadline, Consumer<UpstreamException> failed, int retry) {
        return client.send(request, deadline).onErrorResume(UpstreamException.class, failure -> {
            failed.accept(failure);
            return policy.pause(failure, retry, deadline)
                    .map(pause -> Mono.delay(pause).then(send(request, deadline, failed, retry + 1)))
                    .orElseGet(() -> Mono.error(failure));
        });
    }
}
