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

    /** The events for the caller, each asked for when the one before is taken. */
    Flux<SseEvent> events(Flux<UpstreamEvent> upstream) {
        return upstream.concatMapIterable(this::written, 1)
                .concatWith(Flux.defer(this::complete))
                .onErrorResume(failure -> Mono.fromCallable(() -> broken(failure)))
                .doOnCancel(this::gone);
    }

    private synchronized List<SseEvent> written(UpstreamEvent event) {
        List<? extends JsonNode> ready = chunks.of(event);
        ready.forEach(watch::pass);
        return written(ready);
    }

    private static List<SseEvent> written(List<? extends JsonNode> chunks) {
        return chunks.stream().map(StreamedAnswer::event).toList();
    }

    private static SseEvent event(JsonNode chunk) {
        return SseEvent.data(JsonMapper.shared().writeValueAsString(chunk));
    }

    private Flux<SseEvent> complete() {
        boolean estimated = chunks.isEstimated();
        ending.answered(200, facts.attempts(), usage(), estimated);
        List<JsonNode> last = new ArrayList<>();
        JsonNode rest = watch.rest();
        if (rest != null) {
            last.add(rest);
        }
        last.addAll(chunks.last());
        return Flux.fromIterable(written(last)).concatWithValues(SseEvent.DONE);
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
