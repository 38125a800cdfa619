package dev.chatelaine.gateway.call;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a request asks, as far as the gateway has to know.
 *
 * @param kind what is asked for
 * @param body what is passed on, in OpenAI's shape, without the model and its fallbacks
 * @param model what the request calls its model, or null where it names none
 * @param fallbacks the models that it names besides
 * @param streamed whether the answer is to come in events
 * @param tellsUsage whether a stream is to end with its usage
 */
record Asked(
        Kind kind,
        ObjectNode body,
        @Nullable String model,
        List<String> fallbacks,
        boolean streamed,
        boolean tellsUsage) {

    Asked {
        fallbacks = List.copyOf(fallbacks);
    }

    /** What is asked for, and where providers of OpenAI's shape have it. */
    enum Kind {
        CHAT("/chat/completions"),
        EMBEDDINGS("/embeddings");

        private final String path;

        Kind(String path) {
            this.path = path;
        }

        String path() {
            return path;
        }
    }

    /** Nothing of what is asked. */
    @Override
    public String toString() {
        return "Asked[" + kind + "]";
    }
}
