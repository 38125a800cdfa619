package dev.chatelaine.gateway.call;

import dev.chatelaine.gateway.anthropic.MessagesStream;
import dev.chatelaine.gateway.money.AnswerCount;
import dev.chatelaine.gateway.money.Usage;
import dev.chatelaine.gateway.upstream.UpstreamEvent;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Events of the Messages API. Their prompt is told at the beginning, their answer at the end. */
final class AnthropicChunks implements Chunks {
    private final MessagesStream stream;
    private final AnswerCount count = new AnswerCount();

    AnthropicChunks(long created, boolean tellUsage) {
        this.stream = new MessagesStream(created, tellUsage);
    }

    @Override
    public List<? extends JsonNode> of(UpstreamEvent event) {
        List<? extends JsonNode> chunks = stream.chunks(event.body());
        chunks.forEach(count::take);
        return chunks;
    }

    @Override
    public List<? extends JsonNode> last() {
        return List.of();
    }

    /** Of a stream that was cut off, the answer is what was counted where that is more than what was told by then. */
    @Override
    public Usage usage(long likelyPrompt) {
        Usage told = stream.usage();
        if (stream.isComplete() || told.prompt() == 0) {
            return stream.isComplete() ? told : count.usage(likelyPrompt);
        }
        long counted = count.usage(likelyPrompt).completion();
        return new Usage(told.prompt(), told.cached(), told.cacheWrite(), Math.max(told.completion(), counted));
    }

    @Override
    public boolean isEstimated() {
        return !stream.isComplete();
    }
}
