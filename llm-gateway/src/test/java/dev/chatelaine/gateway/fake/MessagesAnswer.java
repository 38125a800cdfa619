package dev.chatelaine.gateway.fake;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An answer of Anthropic's Messages API, whole or as the events of a stream. */
final class MessagesAnswer {
    private static final String SIGNATURE = "ErUBfake";

    private final String id;
    private final Conversation asked;
    private final Answer answer;

    MessagesAnswer(String id, Conversation asked, Answer answer) {
        this.id = id;
        this.asked = asked;
        this.answer = answer;
    }

    ObjectNode whole() {
        ObjectNode message = envelope();
        ArrayNode content = message.putArray("content");
        if (answer.thought()) {
            content.addObject()
                    .put("type", "thinking")
                    .put("thinking", Tokens.THOUGHT)
                    .put("signature", SIGNATURE);
        }
        if (!answer.text().isEmpty()) {
            content.addObject().put("type", "text").put("text", answer.text());
        }
        for (Answer.Use use : answer.uses()) {
            use(content.addObject(), use)
                    .set("input", Json.parse(use.arguments()).orElseThrow());
        }
        message.put("stop_reason", reason()).put("stop_sequence", answer.stop());
        message.set("usage", usage(answer.spoken() + answer.reasoning()));
        return message;
    }

    /** The events in order, each with its type. */
    List<ObjectNode> events() {
        List<ObjectNode> events = new ArrayList<>();
        ObjectNode message = envelope();
        message.putArray("content");
        message.putNull("stop_reason").putNull("stop_sequence").set("usage", usage(1));
        events.add(event("message_start").set("message", message));
        int index = 0;
        if (answer.thought()) {
            thinking(events, index++);
        }
        if (!answer.text().isEmpty()) {
            text(events, index++);
        }
        for (Answer.Use use : answer.uses()) {
            tool(events, use, index++);
        }
        ObjectNode end = event("message_delta");
        end.putObject("delta").put("stop_reason", reason()).put("stop_sequence", answer.stop());
        events.add(end.set("usage", usage(answer.spoken() + answer.reasoning())));
        events.add(event("message_stop"));
        events.add(1, event("ping"));
        return events;
    }

    private static void thinking(List<ObjectNode> events, int index) {
        events.add(start(
                index, Json.object().put("type", "thinking").put("thinking", "").put("signature", "")));
        for (String piece : Answer.pieces(Tokens.THOUGHT)) {
            events.add(delta(index, "thinking_delta", "thinking", piece));
        }
        events.add(delta(index, "signature_delta", "signature", SIGNATURE));
        events.add(stop(index));
    }

    private void text(List<ObjectNode> events, int index) {
        events.add(start(index, Json.object().put("type", "text").put("text", "")));
        for (String piece : Answer.pieces(answer.text())) {
            events.add(delta(index, "text_delta", "text", piece));
        }
        events.add(stop(index));
    }

    private static void tool(List<ObjectNode> events, Answer.Use use, int index) {
        ObjectNode block = use(Json.object(), use);
        block.putObject("input");
        events.add(start(index, block));
        int half = use.arguments().length() / 2;
        for (String part :
                List.of("", use.arguments().substring(0, half), use.arguments().substring(half))) {
            events.add(delta(index, "input_json_delta", "partial_json", part));
        }
        events.add(stop(index));
    }

    private static ObjectNode use(ObjectNode block, Answer.Use use) {
        return block.put("type", "tool_use").put("id", "toolu_" + use.id()).put("name", use.name());
    }

    private static ObjectNode start(int index, ObjectNode block) {
        ObjectNode event = event("content_block_start").put("index", index);
        event.set("content_block", block);
        return event;
    }

    private static ObjectNode delta(int index, String type, String field, String part) {
        ObjectNode event = event("content_block_delta").put("index", index);
        event.putObject("delta").put("type", type).put(field, part);
        return event;
    }

    private static ObjectNode stop(int index) {
        return event("content_block_stop").put("index", index);
    }

    private static ObjectNode event(String type) {
        return Json.object().put("type", type);
    }

    private ObjectNode envelope() {
        return Json.object()
                .put("id", id)
                .put("type", "message")
                .put("role", "assistant")
                .put("model", asked.model());
    }

    private ObjectNode usage(long output) {
        ObjectNode usage = Json.object()
                .put("input_tokens", asked.prompt() - asked.cached() - asked.written())
                .put("cache_creation_input_tokens", asked.written())
                .put("cache_read_input_tokens", asked.cached());
        usage.putObject("cache_creation")
                .put("ephemeral_5m_input_tokens", asked.written())
                .put("ephemeral_1h_input_tokens", 0);
        return usage.put("output_tokens", output).put("service_tier", "standard");
    }

    private String reason() {
        return switch (answer.end()) {
            case DONE -> "end_turn";
            case LENGTH -> "max_tokens";
            case STOP -> "stop_sequence";
            case CALLS -> "tool_use";
        };
    }
}
