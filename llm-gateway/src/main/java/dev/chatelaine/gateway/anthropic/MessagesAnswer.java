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
     * The answer in OpenAI's shape. What was thought is told as {@code reasoning_content}, and as it can be sent back in
     * {@code thinking_blocks}. Blocks that there is no place for (uses of Anthropic's own tools) are left out.
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
        String text = joined("text", content);
        String thought = joined("thinking", content);
        ArrayNode thinking = ThinkingBlocks.told(content);
        ArrayNode calls = calls(content);
        ObjectNode message = JsonNodeFactory.instance.objectNode().put("role", "assistant");
        message.put("content", text.isEmpty() && !calls.isEmpty() ? null : text);
        message.putNull("refusal");
        if (!thought.isEmpty()) {
            message.put("reasoning_content", thought);
        }
        if (!thinking.isEmpty()) {
            message.set(ThinkingBlocks.FIELD, thinking);
        }
        if (!calls.isEmpty()) {
            message.set("tool_calls", calls);
        }
        return message;
    }

    /** The text of all blocks of a type, which Anthropic has in a field of the type's name. */
    private static String joined(String type, JsonNode content) {
        StringBuilder text = new StringBuilder();
        for (JsonNode block : content) {
            if (block.path("type").asString("").equals(type)) {
                text.append(block.path(type).asString(""));
            }
        }
        return text.toString();
    }

    private static ArrayNode calls(JsonNode content) {
        ArrayNode calls = JsonNodeFactory.instance.arrayNode();
        for (JsonNode block : content) {
            if (block.path("type").asString("").equals("tool_use")) {
                calls.add(call(block));
            }
        }
        return calls;
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
