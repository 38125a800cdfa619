package dev.chatelaine.gateway.call;

import dev.chatelaine.gateway.money.Usage;
import dev.chatelaine.gateway.upstream.UpstreamEvent;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What the events of one stream become, in order, from one thread at a time. Holds nothing of what an answer says. */
sealed interface Chunks permits OpenAiChunks, AnthropicChunks {

    /** The chunks of a chat completion that an event becomes: none, one or more. */
    List<? extends JsonNode> of(UpstreamEvent event);

    /** The chunks that come after those of the last event. */
    List<? extends JsonNode> last();

    /**
     * What the stream has used so far.
     *
     * @param likelyPrompt the tokens that its prompt likely has, where the provider does not say
     */
    Usage usage(long likelyPrompt);

    /** Whether the provider has not said what was used. */
    boolean isEstimated();
}
