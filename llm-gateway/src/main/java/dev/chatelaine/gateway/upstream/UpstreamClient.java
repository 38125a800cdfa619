package dev.chatelaine.gateway.upstream;

import dev.chatelaine.gateway.failure.FailureCategory;
import dev.chatelaine.vault.provider.EndpointPolicy;
import dev.chatelaine.vault.verify.HostResolver;
import java.net.URI;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpMethod;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Asks providers, each time once. Non-blocking: answers come on the client's threads, and what a caller does not take is
 * not read. Safe for several threads. The client runs from its making to {@link #close}.
 */
public final class UpstreamClient implements AutoCloseable {
    private final EndpointPolicy policy;
    private final UpstreamLimits limits;
    private final Scheduler timer;
    private final AnswerReader answers;
    private final HttpClient http;

    /** A started client. */
    public UpstreamClient(EndpointPolicy policy, HostResolver resolver, UpstreamLimits limits, Clock clock) {
        this.policy = policy;
        this.limits = limits;
        this.timer = Schedulers.parallel();
        this.answers = new AnswerReader(limits, clock, timer);
        try {
            this.http = HttpClients.started(policy, resolver, limits);
        } catch (Exception e) {
            throw new IllegalStateException("The HTTP client did not start", e);
        }
    }

    /**
     * Asks once it is subscribed to, anew for each subscriber. Cancelling gives up the request at once, and so does
     * cancelling the events of a stream.
     *
     * @return the answer: as a whole, or as soon as its first event is there. Fails with {@link UpstreamException} and
     *     nothing else
     */
    public Mono<UpstreamAnswer> send(UpstreamRequest request, Deadline deadline) {
        return Mono.defer(() -> {
            if (deadline.hasPassed()) {
                return Mono.error(new UpstreamException(FailureCategory.DEADLINE));
            }
            Deadline firstByte = Deadline.after(deadline.atMost(limits.firstByte()));
            return exchange(request)
                    .timeout(firstByte.remaining(), timer)
                    .flatMap(head -> answers.read(request, head, firstByte, deadline))
                    .onErrorMap(failure -> mapped(failure, deadline));
        });
    }

    private static UpstreamException mapped(Throwable failure, Deadline deadline) {
        if (failure instanceof TimeoutException && deadline.hasPassed()) {
            return new UpstreamException(FailureCategory.DEADLINE);
        }
        return Failures.of(failure);
    }

    private Mono<AnswerReader.Head> exchange(UpstreamRequest request) {
        return Mono.defer(() -> {
            Request asked = built(request);
            CompletableFuture<AnswerReader.Head> head = new CompletableFuture<>();
            asked.onResponseContentSource((response, source) -> head.complete(new AnswerReader.Head(
                            response.getStatus(), response.getHeaders(), new ChunkReader(asked, source, timer))))
                    .send(result -> head.completeExceptionally(reason(result)));
            return Pending.of(head, () -> {
                var unused = asked.abort(new ChunkReader.Abandoned());
            });
        });
    }

    /** Why there was no head; after one, nobody hears of it but the reader of the body. */
    private static Throwable reason(Result result) {
        Throwable failure = result.getFailure();
        return failure == null ? new UpstreamException(FailureCategory.INVALID_ANSWER) : failure;
    }

    private Request built(UpstreamRequest request) {
        URI uri = URI.create(policy.check(request.endpoint()) + request.path());
        return http.newRequest(uri)
                .method(HttpMethod.POST)
                // That of the client is for connections that nobody uses.
                .idleTimeout(0, TimeUnit.MILLISECONDS)
                .headers(
                        headers -> RequestHead.write(headers, request.provider().protocol(), request.key()))
                .body(new BytesRequestContent("application/json", request.body()));
    }

    /** Stops the client. Answers that are under way fail. */
    @Override
    public void close() {
        try {
            http.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The HTTP client did not stop", e);
        }
    }
}
