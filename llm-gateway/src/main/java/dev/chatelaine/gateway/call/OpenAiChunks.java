package dev.chatelaine.gateway.call;

import dev.chatelaine.gateway.money.AnswerCount;
import dev.chatelaine.gateway.money.Usage;
import dev.chatelaine.gateway.upstream.UpstreamEvent;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Events that are chunks already. The usage, which the gateway asks for by itself, is left out where nobody else did. */
final class OpenAiChunks implements Chunks {
    private static final String USAGE = "usage";

    private final AnswerCount count = new AnswerCount();
    private final boolean tellUsage;

    OpenAiChunks(boolean tellUsage) {
        this.tellUsage = tellUsage;
    }

    @Override
    public List<? extends JsonNode> of(UpstreamEvent event) {
        JsonNode body = event.body();
        count.take(body);
        if (tellUsage || !(body instanceof ObjectNode chunk) || !chunk.has(USAGE)) {
            return List.of(body);
        }
        chunk.remove(USAGE);
        boolean nothingElse =
                chunk.path("choices").isArray() && chunk.path("choices").isEmpty();
        return nothingElse ? List.of() : List.of(chunk);
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
