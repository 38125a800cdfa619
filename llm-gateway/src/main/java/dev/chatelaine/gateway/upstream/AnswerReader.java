package dev.chatelaine.gateway.upstream;

import dev.chatelaine.gateway.failure.ErrorSigns;
import dev.chatelaine.gateway.failure.FailureCategory;
import dev.chatelaine.gateway.failure.FailureTable;
import dev.chatelaine.gateway.failure.Reaction;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tells answers from errors, and streams from whole answers. */
final class AnswerReader {
    private final UpstreamLimits limits;
    private final Clock clock;
    private final Scheduler timer;
    private final JsonMapper json = JsonMapper.shared();

    AnswerReader(UpstreamLimits limits, Clock clock, Scheduler timer) {
        this.limits = limits;
        this.clock = clock;
        this.timer = timer;
    }

    /**
     * The head of an answer, and its body to be read.
     *
     * @param status the HTTP status
     * @param fields the headers
     * @param body the body
     */
    record Head(int status, HttpFields fields, ChunkReader body) {}

    /** The answer, or an {@link UpstreamException}; what is not read is given up. */
    Mono<UpstreamAnswer> read(UpstreamRequest request, Head head, Deadline firstByte, Deadline deadline) {
        if (head.status() != 200) {
            return error(request, head, firstByte);
        }
        Map<String, String> passed = PassedHeaders.of(head.fields(), request.key());
        return isStream(head)
                ? events(request, head, passed, firstByte, deadline)
                : whole(request, head, passed, firstByte, deadline);
    }

    private Duration idle(Deadline deadline) {
        return deadline.atMost(limits.idle());
    }

    /** An error whose body does not come in time is told by its status. */
    private Mono<UpstreamAnswer> error(UpstreamRequest request, Head head, Deadline firstByte) {
        if (head.status() < 400) {
            head.body().abort();
            return Mono.error(failure(request, head, ErrorSigns.NONE, null, ""));
        }
        return WholeBody.of(head.body(), firstByte::remaining, firstByte::remaining, limits.errorBytes(), true)
                .timeout(firstByte.remaining(), timer)
                .onErrorReturn(new byte[0])
                .flatMap(bytes -> {
                    String raw = new String(bytes, StandardCharsets.UTF_8);
                    JsonNode body = parsed(bytes);
                    return Mono.error(failure(request, head, ErrorSigns.of(body, raw), body, raw));
                });
    }

    private UpstreamException failure(
            UpstreamRequest request, Head head, ErrorSigns signs, @Nullable JsonNode body, String raw) {
        FailureCategory category =
                FailureTable.classify(head.status(), signs, request.provider().rejectionMarks());
        return new UpstreamException(
                category,
                head.status(),
                RetryAfter.of(head.fields(), clock),
                category.reaction() == Reaction.RETURN ? ProviderMessage.of(body, raw, request.key()) : null);
    }

    private Mono<UpstreamAnswer> whole(
            UpstreamRequest request, Head head, Map<String, String> passed, Deadline firstByte, Deadline deadline) {
        return WholeBody.of(head.body(), firstByte::remaining, () -> idle(deadline), limits.answerBytes(), false)
                .flatMap(bytes -> {
                    String raw = new String(bytes, StandardCharsets.UTF_8);
                    JsonNode body = parsed(bytes);
                    if (body == null || KeyEcho.isWholeIn(raw, body, request.key())) {
                        return Mono.error(
                                new UpstreamException(FailureCategory.INVALID_ANSWER, head.status(), null, null));
                    }
                    if (ErrorSigns.isError(body)) {
                        return Mono.error(failure(request, head, ErrorSigns.of(body, raw), body, raw));
                    }
                    return Mono.just(new UpstreamAnswer.Whole(passed, body));
                });
    }

    private Mono<UpstreamAnswer> events(
            UpstreamRequest request, Head head, Map<String, String> passed, Deadline firstByte, Deadline deadline) {
        EventReader reader = new EventReader(
                head.body(),
                () -> idle(deadline),
                request.provider().protocol(),
                request.key(),
                json,
                limits.eventBytes());
        return first(reader)
                .timeout(firstByte.remaining(), timer)
                .map(events -> new UpstreamAnswer.Events(
                        passed, Flux.from(new EventPublisher(reader, deadline, timer, events))));
    }

    private static Mono<List<UpstreamEvent>> first(EventReader reader) {
        return Mono.defer(() -> {
            CompletableFuture<List<UpstreamEvent>> first = new CompletableFuture<>();
            reader.next(new FirstEvents(reader, first));
            return Pending.of(first, reader::abort);
        });
    }

    private record FirstEvents(EventReader reader, CompletableFuture<List<UpstreamEvent>> first)
            implements EventReader.Listener {
        @Override
        public void events(List<UpstreamEvent> events) {
            first.complete(events);
        }

        @Override
        public void end() {
            first.completeExceptionally(new UpstreamException(FailureCategory.INVALID_ANSWER));
        }

        @Override
        public void failed(Throwable failure) {
            reader.abort();
            first.completeExceptionally(failure);
        }
    }

    private @Nullable JsonNode parsed(byte[] bytes) {
        try {
            JsonNode body = json.readTree(bytes);
            return body.isContainer() ? body : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    private static boolean isStream(Head head) {
        String type = head.fields().get(HttpHeader.CONTENT_TYPE);
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("text/event-stream");
    }
}
