package dev.chatelaine.gateway.anthropic;

import dev.chatelaine.gateway.money.Usage;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An answer of the Messages API as a chat completion.
 *
 * @param body in OpenAI's shape
 * @param usage what it used
 */
public record MessagesAnswer(ObjectNode body, Usage usage) {

    /**
     * The answer in OpenAI's shape. Blocks that it has no place for (signatures of thinking, uses of Anthropic's own
     * tools) are left out.
     *
     * @param message as it came from {@code /messages}
     * @param created when it came, in seconds since 1970
     */
    public static MessagesAnswer of(JsonNode message, long created) {
        Usage usage = AnthropicUsage.of(message.path("usage"));
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("id", message.path("id").asString(""));
        body.put("object", "chat.completion");
        body.put("created", created);
        body.put("model", message.path("model").asString(""));
        ObjectNode choice = body.putArray("choices").addObject().put("index", 0);
        choice.set("message", said(message.path("content")));
        choice.putNull("logprobs");
        choice.put(
                "finish_reason",
                StopReasons.finishReason(message.path("stop_reason").asString("")));
        body.set("usage", AnthropicUsage.toChat(usage));
        return new MessagesAnswer(body, usage);
    }

    private static ObjectNode said(JsonNode content) {
        StringBuilder text = new StringBuilder();
        StringBuilder thought = new StringBuilder();
        ArrayNode calls = JsonNodeFactory.instance.arrayNode();
        for (JsonNode block : content) {
            switch (block.path("type").asString("")) {
                case "text" -> text.append(block.path("text").asString(""));
                case "thinking" -> thought.append(block.path("thinking").asString(""));
                case "tool_use" -> calls.add(call(block));
                default -> {
                    // Nothing that a chat completion has a place for.
                }
            }
        }
        ObjectNode message = JsonNodeFactory.instance.objectNode().put("role", "assistant");
        if (text.isEmpty() && !calls.isEmpty()) {
            message.putNull("content");
        } else {
            message.put("content", text.toString());
        }
        message.putNull("refusal");
        if (!thought.isEmpty()) {
            message.put("reasoning_content", thought.toString());
        }
        if (!calls.isEmpty()) {
            message.set("tool_calls", calls);
        }
        return message;
    }

    private static ObjectNode call(JsonNode block) {
        ObjectNode call = JsonNodeFactory.instance.objectNode();
        call.put("id", block.path("id").asString(""));
        call.put("type", "function");
        call.putObject("function")
                .put("name", block.path("name").asString(""))
                .put("arguments", block.path("input").toString());
        return call;
    }
}
