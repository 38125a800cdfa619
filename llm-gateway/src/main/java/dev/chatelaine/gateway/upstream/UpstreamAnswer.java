package dev.chatelaine.gateway.upstream;

import java.util.List;
import java.util.Map;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

/** What a provider answered, where it did. */
public sealed interface UpstreamAnswer {
    /** Those of its headers that may be passed on, by their names in lower case. */
    Map<String, String> headers();

    /**
     * An answer as a whole.
     *
     * @param headers those that may be passed on
     * @param body what it says; never an error by its shape
     */
    record Whole(Map<String, String> headers, JsonNode body) implements UpstreamAnswer {
        public Whole {
            headers = Map.copyOf(headers);
        }
    }

    /**
     * An answer in events, the first of which have come.
     *
     * @param headers those that may be passed on
     * @param events the events, those together that came together, for one subscriber, who must take or cancel them; they fail with {@link
     *     UpstreamException} ({@code stream_broken}, {@code stream_idle}, {@code deadline}), and end only where the
     *     provider said that the stream is complete. They come on the client's threads, which must not be held up.
     */
    record Events(Map<String, String> headers, Flux<List<UpstreamEvent>> events) implements UpstreamAnswer {
        public Events {
            headers = Map.copyOf(headers);
        }
    }
}
