package dev.chatelaine.gateway.anthropic;

import dev.chatelaine.gateway.GatewayError;
import dev.chatelaine.gateway.GatewayException;
import dev.chatelaine.vault.provider.Reasoning;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A chat completions request as one of the Messages API.
 *
 * @param body what is sent to {@code /messages}
 * @param changed the fields of the request that were left out or lowered, for the caller to know
 */
public record MessagesRequest(ObjectNode body, List<String> changed) {
    /** Fields of the Messages API's own that a caller may send along, and {@code stream}. */
    private static final Set<String> SAME =
            Set.of("stream", "top_p", "top_k", "thinking", "output_config", "service_tier");

    private static final Set<String> MAPPED = Set.of(
            "model",
            "messages",
            "max_tokens",
            "max_completion_tokens",
            "temperature",
            "stop",
            "tools",
            "tool_choice",
            "parallel_tool_calls",
            "reasoning_effort",
            "response_format",
            "user",
            "stream_options");

    public MessagesRequest {
        changed = List.copyOf(changed);
    }

    /**
     * The request in Anthropic's shape.
     *
     * @param chat in OpenAI's shape; is not changed
     * @param model the model's name as Anthropic knows it
     * @param longestAnswer the {@code max_tokens} where the request says none: Anthropic demands one
     * @param reasoning how the model is told how hard to think; null where that is not known
     * @throws GatewayException {@code invalid_request} with the field at fault, where a message cannot be read
     */
    public static MessagesRequest of(ObjectNode chat, String model, long longestAnswer, @Nullable Reasoning reasoning) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        List<String> changed = new ArrayList<>();
        body.put("model", model);
        body.put("max_tokens", maxTokens(chat, longestAnswer));
        MessageList.of(chat.path("messages")).into(body);
        for (var field : chat.properties()) {
            if (field.getValue().isNull() || MAPPED.contains(field.getKey())) {
                continue;
            }
            if (SAME.contains(field.getKey()) && !isOpenAiTier(field.getKey(), field.getValue())) {
                body.set(field.getKey(), field.getValue());
            } else {
                changed.add(field.getKey());
            }
        }
        temperature(chat, body, changed);
        stop(chat, body);
        ToolMapping.into(chat, body);
        format(chat, body, changed);
        if (!ReasoningEffort.into(chat.path("reasoning_effort"), body, reasoning)) {
            changed.add("reasoning_effort");
        }
        if (chat.path("user").isString()) {
            body.putObject("metadata").set("user_id", chat.get("user"));
        }
        return new MessagesRequest(body, changed);
    }

    private static boolean isOpenAiTier(String name, JsonNode value) {
        return name.equals("service_tier") && !Set.of("auto", "standard_only").contains(value.asString(""));
    }

    private static long maxTokens(ObjectNode chat, long otherwise) {
        for (String name : List.of("max_completion_tokens", "max_tokens")) {
            JsonNode asked = chat.path(name);
            if (asked.isIntegralNumber() && asked.canConvertToLong()) {
                return asked.longValue();
            }
        }
        return otherwise;
    }

    /** OpenAI's goes to 2, Anthropic's to 1, and from Opus 4.1 on its models take it or {@code top_p}, not both. */
    private static void temperature(ObjectNode chat, ObjectNode body, List<String> changed) {
        JsonNode temperature = chat.path("temperature");
        if (temperature.isNumber() && temperature.doubleValue() > 1) {
            body.put("temperature", 1);
            changed.add("temperature");
        } else if (temperature.isNumber()) {
            body.set("temperature", temperature);
        }
        if (body.has("temperature") && body.remove("top_p") != null) {
            changed.add("top_p");
        }
    }

    private static void stop(ObjectNode chat, ObjectNode body) {
        JsonNode stop = chat.path("stop");
        if (stop.isString()) {
            body.putArray("stop_sequences").add(stop);
        } else if (stop.isArray() && !stop.isEmpty()) {
            body.set("stop_sequences", stop);
        }
    }

    private static void format(ObjectNode chat, ObjectNode body, List<String> changed) {
        JsonNode format = chat.path("response_format");
        JsonNode schema = format.path("json_schema").path("schema");
        if (format.path("type").asString("").equals("json_schema") && schema.isObject()) {
            outputConfig(body).putObject("format").put("type", "json_schema").set("schema", schema);
        } else if (format.isObject() && !format.path("type").asString("").equals("text")) {
            changed.add("response_format");
        }
    }

    /** The body's own, which may be changed: what the caller gave is not. */
    static ObjectNode outputConfig(ObjectNode body) {
        ObjectNode config = body.get("output_config") instanceof ObjectNode given ? given.deepCopy() : object();
        body.set("output_config", config);
        return config;
    }

    static GatewayException invalid(String field) {
        return new GatewayException(
                GatewayError.INVALID_REQUEST,
                field,
                "A message of the request cannot be read. See the API reference of chat completions for its shape.");
    }

    static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
