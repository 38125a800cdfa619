package dev.chatelaine.gateway.fake;

import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What Anthropic's Messages API does not take.
 *
 * @see <a href="https://platform.claude.com/docs/en/api/messages">Messages</a>
 */
final class MessagesCheck {
    private static final Set<String> FIELDS = Set.of(
            "cache_control",
            "container",
            "inference_geo",
            "max_tokens",
            "messages",
            "metadata",
            "model",
            "output_config",
            "service_tier",
            "stop_sequences",
            "stream",
            "system",
            "temperature",
            "thinking",
            "tool_choice",
            "tools",
            "top_k",
            "top_p");

    private static final Map<String, Set<String>> BLOCKS = Map.of(
            "text", Set.of("type", "text", "cache_control", "citations"),
            "image", Set.of("type", "source", "cache_control"),
            "document", Set.of("type", "source", "cache_control", "citations", "context", "title"),
            "tool_use", Set.of("type", "id", "name", "input", "cache_control"),
            "tool_result", Set.of("type", "tool_use_id", "content", "is_error", "cache_control"),
            "thinking", Set.of("type", "thinking", "signature"),
            "redacted_thinking", Set.of("type", "data"));

    private static final Set<String> TOOL = Set.of(
            "name",
            "description",
            "input_schema",
            "cache_control",
            "type",
            "strict",
            "defer_loading",
            "eager_input_streaming",
            "input_examples",
            "allowed_callers");

    private final JsonNode body;
    private final String model;

    private MessagesCheck(JsonNode body) {
        this.body = body;
        this.model = Json.text(body, "model");
    }

    static void check(JsonNode body) {
        MessagesCheck check = new MessagesCheck(body);
        check.fields();
        check.sampling();
        ThinkingCheck.check(body);
        check.messages();
        check.tools();
        check.output();
    }

    static boolean thinks(JsonNode body) {
        return Set.of("enabled", "adaptive").contains(Json.text(body.path("thinking"), "type"));
    }

    /** Models from Opus 4.7 on have lost what was there to tune an answer with. */
    private boolean isOld() {
        return model.matches("claude-(3|haiku-4|sonnet-4|opus-4-[0-6]).*") || model.startsWith("fake-");
    }

    private void fields() {
        only(body, FIELDS, "");
        if (!body.path("max_tokens").isIntegralNumber()) {
            throw bad("max_tokens: Field required");
        }
        if (body.path("max_tokens").asLong(0) < 1) {
            throw bad("max_tokens: must be greater than or equal to 1");
        }
        for (String field : Set.of("stream", "temperature", "top_p", "top_k")) {
            if (body.path(field).isNull()) {
                throw bad(field + ": Input should be a valid value");
            }
        }
        only(body.path("metadata"), Set.of("user_id"), "metadata.");
        if (!Set.of("auto", "standard_only").contains(body.path("service_tier").asString("auto"))) {
            throw bad("service_tier: Input should be 'auto' or 'standard_only'");
        }
        for (JsonNode stop : body.path("stop_sequences")) {
            if (stop.asString("").isBlank()) {
                throw bad("stop_sequences: each stop sequence must contain non-whitespace");
            }
        }
    }

    private void sampling() {
        double temperature = body.path("temperature").asDouble(1);
        if (temperature < 0 || temperature > 1) {
            throw bad("temperature: range: 0..1");
        }
        if (!isOld() && (temperature != 1 || body.has("top_p") || body.has("top_k"))) {
            throw bad("`temperature` is deprecated for this model.");
        }
        if (body.has("temperature") && body.has("top_p")) {
            throw bad("`temperature` and `top_p` cannot both be specified for this model. Please use only one.");
        }
        if (thinks(body) && (body.has("top_k") || body.path("top_p").asDouble(1) < 0.95)) {
            throw bad("`top_p` must be greater than or equal to 0.95 or unset when thinking is enabled.");
        }
        if (thinks(body) && temperature != 1) {
            throw bad("`temperature` may only be set to 1 when thinking is enabled.");
        }
    }

    private void messages() {
        JsonNode messages = body.path("messages");
        if (!messages.isArray() || messages.isEmpty()) {
            throw bad("messages: at least one message is required");
        }
        if (!Json.text(messages.get(0), "role").equals("user")) {
            throw bad("messages: first message must use the \"user\" role");
        }
        for (int at = 0; at < messages.size(); at++) {
            JsonNode message = messages.get(at);
            String path = "messages." + at + ".";
            only(message, Set.of("role", "content"), path);
            if (!Set.of("user", "assistant").contains(Json.text(message, "role"))) {
                throw bad(path + "role: Input should be 'user' or 'assistant'");
            }
            content(message.path("content"), path + "content");
        }
        if (!isOld() && Json.text(messages.get(messages.size() - 1), "role").equals("assistant")) {
            throw bad("This model does not support assistant message prefill.");
        }
        content(body.path("system"), "system");
    }

    private static void content(JsonNode content, String path) {
        if (content.isMissingNode() && path.equals("system")) {
            return;
        }
        if (content.isString() ? content.stringValue().isEmpty() : !content.isArray() || content.isEmpty()) {
            throw bad(path + ": must have non-empty content");
        }
        for (JsonNode block : content) {
            String type = Json.text(block, "type");
            if (!BLOCKS.containsKey(type) || (path.equals("system") && !type.equals("text"))) {
                throw bad(path + ": Input tag '" + type + "' found using 'type' does not match any of the expected");
            }
            only(block, BLOCKS.getOrDefault(type, Set.of()), path + "." + type + ".");
            block(block, type, path);
        }
    }

    private static void block(JsonNode block, String type, String path) {
        switch (type) {
            case "text" -> {
                if (Json.text(block, "text").isEmpty()) {
                    throw bad("messages: text content blocks must be non-empty");
                }
            }
            case "image" -> source(block.path("source"), path);
            case "tool_use" -> {
                if (!block.path("input").isObject() || !Json.text(block, "id").matches("[a-zA-Z0-9_-]+")) {
                    throw bad(path + ".tool_use.input: Input should be an object, and the id [a-zA-Z0-9_-]+");
                }
            }
            case "tool_result" -> {
                if (block.path("content").isArray()) {
                    content(block.path("content"), path + ".tool_result.content");
                }
            }
            default -> {
                // Taken as it is.
            }
        }
    }

    private static void source(JsonNode source, String path) {
        boolean good = switch (Json.text(source, "type")) {
            case "base64" ->
                Json.text(source, "media_type").matches("image/(png|jpeg|gif|webp)")
                        && !Json.text(source, "data").isEmpty();
            case "url" -> Json.text(source, "url").startsWith("https://");
            default -> false;
        };
        if (!good) {
            throw bad(path + ".image.source: Could not process image");
        }
    }

    private void tools() {
        for (JsonNode tool : body.path("tools")) {
            only(tool, TOOL, "tools.0.custom.");
            if (!Json.text(tool, "name").matches("[a-zA-Z0-9_-]{1,128}")) {
                throw bad("tools.0.custom.name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'");
            }
            if (!Json.text(tool.path("input_schema"), "type").equals("object")) {
                throw bad("tools.0.custom.input_schema.type: Field required");
            }
        }
        JsonNode choice = body.path("tool_choice");
        if (choice.isMissingNode()) {
            return;
        }
        only(choice, Set.of("type", "name", "disable_parallel_tool_use"), "tool_choice.");
        if (!Set.of("auto", "any", "tool", "none").contains(Json.text(choice, "type"))) {
            throw bad("tool_choice.type: Input tag does not match any of the expected tags");
        }
        if (body.path("tools").isEmpty()) {
            throw bad("tool_choice may only be specified while providing tools");
        }
        boolean forced = Set.of("any", "tool").contains(Json.text(choice, "type"));
        if (forced && model.matches("claude-(fable-5-[12]|opus-5-5|sonnet-5-5).*")) {
            throw bad("tool_choice: forced tool use is not supported for this model.");
        }
        if (thinks(body) && forced) {
            throw bad("Thinking may not be enabled when tool_choice forces tool use.");
        }
    }

    private void output() {
        JsonNode config = body.path("output_config");
        only(config, Set.of("effort", "format"), "output_config.");
        if (config.has("format")) {
            only(config.path("format"), Set.of("type", "schema"), "output_config.format.");
            closed(config.path("format").path("schema"));
        }
    }

    private static void closed(JsonNode schema) {
        boolean object = Json.text(schema, "type").equals("object");
        if (object && schema.path("additionalProperties").asBoolean(true)) {
            throw bad("output_config.format.schema: For 'object' type, 'additionalProperties' must be explicitly set to"
                    + " false");
        }
        schema.forEach(MessagesCheck::closed);
    }

    private static void only(JsonNode node, Set<String> known, String path) {
        for (var field : node.properties()) {
            if (!known.contains(field.getKey())) {
                throw bad(path + field.getKey() + ": Extra inputs are not permitted");
            }
        }
    }

    private static Refusal bad(String why) {
        return Refusal.bad("", why);
    }
}
