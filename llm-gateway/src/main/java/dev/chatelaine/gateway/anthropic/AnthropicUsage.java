package dev.chatelaine.gateway.anthropic;

import dev.chatelaine.gateway.money.Usage;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tokens as Anthropic tells them, where {@code input_tokens} are those of the prompt that were neither read from the cache
 * nor written to it.
 */
final class AnthropicUsage {
    private AnthropicUsage() {}

    static Usage of(JsonNode usage) {
        long cached = Usage.count(usage.path("cache_read_input_tokens"));
        long written = Usage.count(usage.path("cache_creation_input_tokens"));
        long prompt = Usage.count(usage.path("input_tokens")) + cached + written;
        return new Usage(prompt, cached, written, Usage.count(usage.path("output_tokens")));
    }

    /** The usage in OpenAI's shape. */
    static ObjectNode toChat(Usage usage) {
        ObjectNode chat = JsonNodeFactory.instance.objectNode();
        chat.put("prompt_tokens", usage.prompt());
        chat.put("completion_tokens", usage.completion());
        chat.put("total_tokens", usage.total());
        chat.putObject("prompt_tokens_details")
                .put("cached_tokens", usage.cached())
                .put("cache_write_tokens", usage.cacheWrite());
        return chat;
    }
}
