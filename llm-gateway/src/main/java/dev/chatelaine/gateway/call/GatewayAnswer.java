package dev.chatelaine.gateway.call;

import dev.chatelaine.gateway.sse.SseEvent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

/** An answer in OpenAI's shape, whoever gave it. */
public sealed interface GatewayAnswer {

    /** How it came about. */
    CallFacts facts();

    /** Headers of the provider's that may be passed on, by their names in lower case. */
    Map<String, String> headers();

    /**
     * An answer as a whole.
     *
     * @param body what it says
     * @param microUsd what it cost; null where the price is not known
     */
    record Whole(
            CallFacts facts,
            Map<String, String> headers,
            JsonNode body,
            @Nullable Long microUsd) implements GatewayAnswer {
        public Whole {
            headers = Map.copyOf(headers);
        }
    }

    /**
     * An answer in events, the first of which are there.
     *
     * @param events those together that came together, for one subscriber, who must take or cancel them. They never fail: where the provider does, the last
     *     is an error, and only what is complete ends with {@link SseEvent#DONE}.
     */
    record Stream(CallFacts facts, Map<String, String> headers, Flux<List<SseEvent>> events) implements GatewayAnswer {
        public Stream {
            headers = Map.copyOf(headers);
        }
    }
}
