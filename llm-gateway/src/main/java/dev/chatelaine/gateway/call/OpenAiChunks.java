package dev.chatelaine.gateway.call;

import dev.chatelaine.gateway.money.AnswerCount;
import dev.chatelaine.gateway.money.Usage;
import dev.chatelaine.gateway.upstream.UpstreamEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Events that are chunks already. The usage, which the gateway asks for by itself, is left out where nobody else did. Where
 * somebody did, it comes last and in a chunk without choices, as OpenAI has it and its clients expect it, wherever the
 * provider put it.
 */
final class OpenAiChunks implements Chunks {
    private static final String USAGE = "usage";
    private static final String CHOICES = "choices";

    private final AnswerCount count = new AnswerCount();
    private final boolean tellUsage;
    private @Nullable ObjectNode last;

    OpenAiChunks(boolean tellUsage) {
        this.tellUsage = tellUsage;
    }

    @Override
    public List<? extends JsonNode> of(UpstreamEvent event) {
        JsonNode body = event.body();
        count.take(body);
        if (!(body instanceof ObjectNode chunk) || !chunk.has(USAGE)) {
            return List.of(body);
        }
        JsonNode usage = chunk.get(USAGE);
        if (tellUsage && usage.isNull()) {
            return List.of(chunk);
        }
        chunk.remove(USAGE);
        if (tellUsage && usage.isObject()) {
            last = chunk.objectNode();
            last.setAll(chunk);
            last.putArray(CHOICES);
            last.set(USAGE, usage);
        }
        boolean nothingElse =
                chunk.path(CHOICES).isArray() && chunk.path(CHOICES).isEmpty();
        return nothingElse ? List.of() : List.of(chunk);
    }

    @Override
    public List<? extends JsonNode> last() {
        return last == null ? List.of() : List.of(last);
    }

    @Override
    public Usage usage(long likelyPrompt) {
        return count.usage(likelyPrompt);
    }

    @Override
    public boolean isEstimated() {
        return count.isEstimated();
    }
}
