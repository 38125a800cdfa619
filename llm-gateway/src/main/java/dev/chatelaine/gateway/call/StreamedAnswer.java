package dev.chatelaine.gateway.call;

import dev.chatelaine.gateway.failure.FailureCategory;
import dev.chatelaine.gateway.money.Usage;
import dev.chatelaine.gateway.sse.SseEvent;
import dev.chatelaine.gateway.upstream.KeyWatch;
import dev.chatelaine.gateway.upstream.UpstreamEvent;
import dev.chatelaine.gateway.upstream.UpstreamException;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One stream on its way to the caller. It ends the request when it ends, however it does. */
final class StreamedAnswer {
    private final Ending ending;
    private final Chunks chunks;
    private final KeyWatch watch;
    private final CallFacts facts;

    StreamedAnswer(Ending ending, Chunks chunks, KeyWatch watch, CallFacts facts) {
        this.ending = ending;
        this.chunks = chunks;
        this.watch = watch;
        this.facts = facts;
    }

    /** The events for the caller, those together that came together, and the next asked for when those are taken. */
    Flux<List<SseEvent>> events(Flux<List<UpstreamEvent>> upstream) {
        return upstream.handle(this::write)
                .concatWith(Mono.defer(this::complete))
                .onErrorResume(failure -> Mono.fromCallable(() -> List.of(broken(failure))))
                .doOnCancel(this::gone);
    }

    /** What some events become, as far as it may go out. */
    private synchronized void write(List<UpstreamEvent> events, SynchronousSink<List<SseEvent>> sink) {
        List<SseEvent> written = new ArrayList<>();
        RuntimeException broken = null;
        try {
            for (UpstreamEvent event : events) {
                List<? extends JsonNode> ready = chunks.of(event);
                ready.forEach(watch::pass);
                written.addAll(written(ready));
            }
        } catch (RuntimeException e) {
            broken = e;
        }
        if (!written.isEmpty()) {
            sink.next(written);
        }
        if (broken != null) {
            sink.error(broken);
        }
    }

    private static List<SseEvent> written(List<? extends JsonNode> chunks) {
        return chunks.stream().map(StreamedAnswer::event).toList();
    }

    private static SseEvent event(JsonNode chunk) {
        return SseEvent.data(JsonMapper.shared().writeValueAsString(chunk));
    }

    private Mono<List<SseEvent>> complete() {
        boolean estimated = chunks.isEstimated();
        ending.answered(200, facts.attempts(), usage(), estimated);
        List<SseEvent> last = new ArrayList<>();
        JsonNode rest = watch.rest();
        if (rest != null) {
            last.add(event(rest));
        }
        last.addAll(written(chunks.last()));
        last.add(SseEvent.DONE);
        return Mono.just(last);
    }

    /** What has come stays as it is; the status of the answer was sent long ago, so that the error is an event. */
    private SseEvent broken(Throwable failure) {
        FailureCategory category =
                failure instanceof UpstreamException known ? known.category() : FailureCategory.STREAM_BROKEN;
        ending.answered(category.status(), facts.attempts(), usage(), true);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("error")
                .put("message", "The provider's stream broke off. What came before this is not the whole answer.")
                .put("type", "api_error")
                .putNull("param")
                .put("code", category.label())
                .put("request_id", facts.requestId());
        return event(body);
    }

    private void gone() {
        ending.streamGone(facts.attempts(), usage());
    }

    /** The caller may go away on another thread than the one that events come on. */
    private synchronized Usage usage() {
        return chunks.usage(chunks.isEstimated() ? ending.likelyPrompt() : 0);
    }
}
