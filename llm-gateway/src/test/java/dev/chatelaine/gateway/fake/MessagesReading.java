package dev.chatelaine.gateway.fake;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads a request of Anthropic's Messages API that {@link MessagesCheck} let pass. */
final class MessagesReading {
    private final JsonNode body;
    private final Set<String> cache;
    private final List<String> toolResults = new ArrayList<>();
    private Set<String> open = new LinkedHashSet<>();
    private String lastUser = "";
    private long tokens;
    private long cached;
    private long written;
    private int images;

    private MessagesReading(JsonNode body, Set<String> cache) {
        this.body = body;
        this.cache = cache;
    }

    /**
     * The request.
     *
     * @param cache the texts that are cached; the request's are added
     */
    static Conversation of(JsonNode body, Set<String> cache) {
        return new MessagesReading(body, cache).read();
    }

    private Conversation read() {
        JsonNode system = body.path("system");
        if (system.isString()) {
            tokens += Tokens.of(system.stringValue());
        }
        system.forEach(this::text);
        JsonNode messages = body.path("messages");
        for (int at = 0; at < messages.size(); at++) {
            message(messages.get(at), at);
        }
        if (!open.isEmpty()) {
            throw unanswered(messages.size() - 1);
        }
        List<Conversation.Tool> tools = new ArrayList<>();
        body.path("tools")
                .forEach(tool -> tools.add(new Conversation.Tool(Json.text(tool, "name"), tool.path("input_schema"))));
        JsonNode choice = body.path("tool_choice");
        JsonNode format = body.path("output_config").path("format").path("schema");
        List<String> stops = new ArrayList<>();
        body.path("stop_sequences").forEach(stop -> stops.add(stop.asString("")));
        return new Conversation(
                Json.text(body, "model"),
                lastUser,
                toolResults,
                images,
                tokens + (long) tools.size() * Tokens.TOOL,
                cached,
                written,
                tools,
                new Conversation.Calls(
                        !Json.text(choice, "type").equals("none"),
                        choice.path("name").isString() ? Json.text(choice, "name") : null,
                        !choice.path("disable_parallel_tool_use").asBoolean(false)),
                format.isObject() ? format : null,
                new Conversation.Limits(body.path("max_tokens").asLong(1), stops),
                MessagesCheck.thinks(body));
    }

    private void message(JsonNode message, int at) {
        boolean user = Json.text(message, "role").equals("user");
        JsonNode content = message.path("content");
        Set<String> asked = open;
        open = new LinkedHashSet<>();
        StringBuilder said = new StringBuilder(content.isString() ? content.stringValue() : "");
        List<String> results = new ArrayList<>();
        tokens += content.isString() ? Tokens.of(content.stringValue()) : 0;
        for (JsonNode block : content) {
            switch (Json.text(block, "type")) {
                case "text" -> said.append(text(block));
                case "image" -> image();
                case "tool_use" -> {
                    open.add(Json.text(block, "id"));
                    tokens += Tokens.CALL;
                }
                case "tool_result" -> results.add(result(block, asked, at, said));
                default -> {
                    // Documents and thoughts count nothing.
                }
            }
        }
        if (!asked.isEmpty()) {
            throw unanswered(at - 1);
        }
        if (user) {
            heard(said.toString(), results);
        }
    }

    private void heard(String said, List<String> results) {
        if (!said.isEmpty()) {
            lastUser = said;
            toolResults.clear();
        }
        toolResults.addAll(results);
    }

    private String result(JsonNode block, Set<String> asked, int at, StringBuilder said) {
        if (!asked.remove(Json.text(block, "tool_use_id"))) {
            throw Refusal.bad(
                    "messages",
                    "messages." + at + ": unexpected `tool_use_id` found in `tool_result` blocks: "
                            + Json.text(block, "tool_use_id")
                            + ". Each `tool_result` block must have a corresponding `tool_use` block in the previous"
                            + " message.");
        }
        if (!said.isEmpty()) {
            throw Refusal.bad("messages", "messages." + at + ": `tool_result` blocks come before text.");
        }
        JsonNode content = block.path("content");
        StringBuilder text = new StringBuilder(content.isString() ? content.stringValue() : "");
        tokens += content.isString() ? Tokens.of(content.stringValue()) : 0;
        for (JsonNode part : content) {
            if (Json.text(part, "type").equals("image")) {
                image();
            } else {
                text.append(text(part));
            }
        }
        return text.toString();
    }

    private String text(JsonNode block) {
        String text = Json.text(block, "text");
        tokens += Tokens.of(text);
        if (Json.has(block, "cache_control")) {
            if (cache.add(text)) {
                written += Tokens.of(text);
            } else {
                cached += Tokens.of(text);
            }
        }
        return text;
    }

    private void image() {
        images++;
        tokens += Tokens.IMAGE;
    }

    private Refusal unanswered(int at) {
        return Refusal.bad(
                "messages",
                "messages." + at + ": `tool_use` ids were found without `tool_result` blocks immediately after: "
                        + open + ". Each `tool_use` block must have a corresponding `tool_result` block in the next"
                        + " message.");
    }
}
