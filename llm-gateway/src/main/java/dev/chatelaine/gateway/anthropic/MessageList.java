package dev.chatelaine.gateway.anthropic;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Messages by OpenAI's roles, as Anthropic has them: what the system says apart, and turns of a user and an assistant.
 * Results of tools are part of a user's turn, all those that follow one another in the same. What an assistant thought
 * comes before what it said and did.
 */
final class MessageList {
    private final ArrayNode system = MessagesRequest.array();
    private final ArrayNode turns = MessagesRequest.array();
    private @Nullable String role;
    private @Nullable ArrayNode content;

    private MessageList() {}

    static MessageList of(JsonNode messages) {
        if (!messages.isArray() || messages.isEmpty()) {
            throw MessagesRequest.invalid("messages");
        }
        MessageList list = new MessageList();
        for (int at = 0; at < messages.size(); at++) {
            list.add(messages.get(at), "messages[" + at + "]");
        }
        return list;
    }

    void into(ObjectNode body) {
        if (!system.isEmpty()) {
            body.set("system", system);
        }
        body.set("messages", turns);
    }

    private void add(JsonNode message, String path) {
        JsonNode content = message.path("content");
        switch (message.path("role").asString("")) {
            case "system", "developer" -> system.addAll(ContentBlocks.texts(content, path));
            case "user" -> turn("user").addAll(ContentBlocks.of(content, path));
            case "assistant" -> assistant(message, path);
            case "tool", "function" -> turn("user").add(result(message, content, path));
            default -> throw MessagesRequest.invalid(path + ".role");
        }
    }

    private void assistant(JsonNode message, String path) {
        ArrayNode blocks = ThinkingBlocks.of(message.path(ThinkingBlocks.FIELD), path + "." + ThinkingBlocks.FIELD);
        JsonNode content = message.path("content");
        if (!content.isNull()
                && !content.isMissingNode()
                && !content.asString("x").isEmpty()) {
            blocks.addAll(ContentBlocks.of(content, path));
        }
        JsonNode calls = message.path("tool_calls");
        if (calls.isObject()) {
            throw MessagesRequest.invalid(path + ".tool_calls");
        }
        for (int at = 0; at < calls.size(); at++) {
            blocks.add(use(calls.get(at), path + ".tool_calls[" + at + "]"));
        }
        if (!blocks.isEmpty()) {
            turn("assistant").addAll(blocks);
        }
    }

    private static ObjectNode use(JsonNode call, String path) {
        JsonNode function = call.path("function");
        if (!call.path("id").isString() || !function.path("name").isString()) {
            throw MessagesRequest.invalid(path);
        }
        ObjectNode use = MessagesRequest.object();
        use.put("type", "tool_use").set("id", call.get("id"));
        use.set("name", function.get("name"));
        use.set("input", arguments(function.path("arguments"), path));
        return use;
    }

    private static JsonNode arguments(JsonNode arguments, String path) {
        String text = arguments.asString("");
        if (text.isBlank()) {
            return MessagesRequest.object();
        }
        try {
            JsonNode input = JsonMapper.shared().readTree(text);
            if (input.isObject()) {
                return input;
            }
        } catch (JacksonException e) {
            throw MessagesRequest.invalid(path + ".function.arguments");
        }
        throw MessagesRequest.invalid(path + ".function.arguments");
    }

    private static ObjectNode result(JsonNode message, JsonNode content, String path) {
        if (!message.path("tool_call_id").isString()) {
            throw MessagesRequest.invalid(path + ".tool_call_id");
        }
        ObjectNode result = MessagesRequest.object();
        result.put("type", "tool_result").set("tool_use_id", message.get("tool_call_id"));
        if (content.isString()) {
            result.set("content", content);
        } else {
            result.set("content", ContentBlocks.of(content, path));
        }
        return result;
    }

    private ArrayNode turn(String of) {
        if (content == null || !of.equals(role)) {
            role = of;
            content = turns.addObject().put("role", of).putArray("content");
        }
        return content;
    }
}
