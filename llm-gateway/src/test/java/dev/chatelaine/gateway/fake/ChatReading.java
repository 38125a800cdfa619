package dev.chatelaine.gateway.fake;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads a request in the shape of OpenAI's chat completions, and refuses what nobody who speaks it takes. */
final class ChatReading {
    private final JsonNode body;
    private final List<String> toolResults = new ArrayList<>();
    private Set<String> open = new HashSet<>();
    private String lastUser = "";
    private long tokens;
    private long cached;
    private int images;

    private ChatReading(JsonNode body) {
        this.body = body;
    }

    /**
     * The request.
     *
     * @param maxTokens the fields of the longest answer that the provider knows, the first of them that is there counts
     * @param reasons whether the model thinks first
     */
    static Conversation of(JsonNode body, List<String> maxTokens, boolean reasons) {
        return new ChatReading(body).read(maxTokens, reasons);
    }

    private Conversation read(List<String> maxTokens, boolean reasons) {
        numbers();
        JsonNode messages = body.path("messages");
        if (!messages.isArray() || messages.isEmpty()) {
            throw Refusal.bad("messages", "Invalid 'messages': empty array. Expected at least one message.");
        }
        for (int at = 0; at < messages.size(); at++) {
            message(messages.get(at), "messages[" + at + "]");
        }
        if (!open.isEmpty()) {
            throw Refusal.bad(
                    "messages",
                    "An assistant message with 'tool_calls' must be followed by tool messages responding to each"
                            + " 'tool_call_id'.");
        }
        List<Conversation.Tool> tools = tools();
        JsonNode choice = body.path("tool_choice");
        String only = choice.isObject() ? Json.text(choice.path("function"), "name") : null;
        return new Conversation(
                Json.text(body, "model"),
                lastUser,
                toolResults,
                images,
                tokens + (long) tools.size() * Tokens.TOOL,
                cached,
                0,
                tools,
                new Conversation.Calls(
                        !choice.asString("auto").equals("none"),
                        only,
                        body.path("parallel_tool_calls").asBoolean(true)),
                schema(),
                new Conversation.Limits(limit(maxTokens), stops()),
                reasons);
    }

    private void numbers() {
        for (String field : List.of("max_tokens", "max_completion_tokens", "n")) {
            if (Json.has(body, field)
                    && (!body.path(field).isIntegralNumber() || body.path(field).asLong(0) < 1)) {
                throw Refusal.bad(
                        field, "Invalid '" + field + "': integer below minimum value. Expected a value >= 1.");
            }
        }
        double temperature = body.path("temperature").asDouble(1);
        if (temperature < 0 || temperature > 2) {
            throw Refusal.bad("temperature", "Invalid 'temperature': decimal out of range. Expected 0 to 2.");
        }
    }

    private void message(JsonNode message, String path) {
        String role = Json.text(message, "role");
        if (!role.equals("tool") && !open.isEmpty()) {
            throw Refusal.bad(path, "'tool_calls' must be followed by tool messages responding to each of them.");
        }
        JsonNode content = message.path("content");
        String text = text(content, path);
        tokens += Tokens.of(text);
        switch (role) {
            case "system", "developer" -> cached += Tokens.of(text);
            case "user" -> {
                lastUser = text;
                toolResults.clear();
            }
            case "assistant" -> calls(message);
            case "tool" -> result(message, text, path);
            default -> throw Refusal.bad(path + ".role", "Invalid value: '" + role + "'.");
        }
    }

    private void calls(JsonNode message) {
        for (JsonNode call : message.path("tool_calls")) {
            if (Json.parse(Json.text(call.path("function"), "arguments")).isEmpty()) {
                throw Refusal.bad("messages", "The arguments of a tool call are not JSON.");
            }
            open.add(Json.text(call, "id"));
            tokens += Tokens.CALL;
        }
        if (message.path("tool_calls").isEmpty() && !Json.has(message, "content") && !Json.has(message, "refusal")) {
            throw Refusal.bad("messages", "Invalid value for 'content': expected a string, got null.");
        }
    }

    private void result(JsonNode message, String text, String path) {
        if (!open.remove(Json.text(message, "tool_call_id"))) {
            throw Refusal.bad(
                    path, "messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.");
        }
        toolResults.add(text);
    }

    /** The texts of a content, put together as they come. */
    private String text(JsonNode content, String path) {
        if (!content.isArray()) {
            return content.asString("");
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode part : content) {
            switch (Json.text(part, "type")) {
                case "text" -> text.append(Json.text(part, "text"));
                case "refusal" -> text.append(Json.text(part, "refusal"));
                case "image_url" -> image(part.path("image_url"), path);
                default -> throw Refusal.bad(path + ".content", "Invalid content part.");
            }
        }
        return text.toString();
    }

    private void image(JsonNode image, String path) {
        String url = image.isString() ? image.stringValue() : Json.text(image, "url");
        if (!url.startsWith("https://") && !url.matches("(?s)data:image/(png|jpeg|gif|webp);base64,.+")) {
            throw Refusal.bad(path + ".content", "Invalid image URL.");
        }
        images++;
        tokens += Tokens.IMAGE;
    }

    private List<Conversation.Tool> tools() {
        List<Conversation.Tool> tools = new ArrayList<>();
        for (JsonNode tool : body.path("tools")) {
            JsonNode function = tool.path("function");
            if (!Json.text(tool, "type").equals("function")
                    || !Json.text(function, "name").matches("[a-zA-Z0-9_-]{1,64}")) {
                throw Refusal.bad("tools", "Invalid tool: a function with a name is expected.");
            }
            tools.add(new Conversation.Tool(Json.text(function, "name"), function.path("parameters")));
        }
        return tools;
    }

    private @Nullable JsonNode schema() {
        JsonNode format = body.path("response_format");
        if (Json.text(format, "type").equals("json_object")) {
            return Json.parse("{\"properties\":{\"heard\":{\"type\":\"string\"}}}")
                    .orElseThrow();
        }
        if (!Json.text(format, "type").equals("json_schema")) {
            return null;
        }
        JsonNode schema = format.path("json_schema").path("schema");
        if (!schema.isObject() || Json.text(format.path("json_schema"), "name").isEmpty()) {
            throw Refusal.bad("response_format", "Missing required parameter: 'response_format.json_schema.schema'.");
        }
        return schema;
    }

    private long limit(List<String> names) {
        return names.stream()
                .filter(name -> Json.has(body, name))
                .mapToLong(name -> body.path(name).asLong(Long.MAX_VALUE))
                .findFirst()
                .orElse(Integer.MAX_VALUE);
    }

    private List<String> stops() {
        JsonNode stop = body.path("stop");
        if (stop.isString()) {
            return List.of(stop.stringValue());
        }
        List<String> stops = new ArrayList<>();
        stop.forEach(each -> stops.add(each.asString("")));
        return stops;
    }
}
