package dev.chatelaine.gateway.fake;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An answer in the shape of OpenAI's chat completions, whole or in chunks. */
final class ChatAnswer {
    /** When every answer was made, in seconds since 1970. */
    static final long CREATED = 1_763_800_000L;

    private final String id;
    private final Conversation asked;
    private final Answer answer;
    private final Manner manner;

    ChatAnswer(String id, Conversation asked, Answer answer, Manner manner) {
        this.id = id;
        this.asked = asked;
        this.answer = answer;
        this.manner = manner;
    }

    /**
     * How a provider writes what is not the same everywhere.
     *
     * @param answers how many choices there are
     * @param callId what its calls' ids begin with
     * @param reasoningField the field of what the model thought, where it shows that
     * @param callsWhole whether a call comes in one chunk of a stream
     * @param refusal whether messages have {@code refusal} and {@code annotations}
     */
    record Manner(int answers, String callId, @Nullable String reasoningField, boolean callsWhole, boolean refusal) {}

    ObjectNode whole(ObjectNode usage) {
        ObjectNode body = envelope("chat.completion");
        ArrayNode choices = body.putArray("choices");
        for (int index = 0; index < manner.answers(); index++) {
            ObjectNode choice = choices.addObject().put("index", index);
            choice.set("message", message());
            choice.putNull("logprobs");
            choice.put("finish_reason", finish());
        }
        body.set("usage", usage);
        return body;
    }

    /** The chunks of the choices, the last of each with its finish reason. */
    List<ObjectNode> chunks() {
        List<ObjectNode> chunks = new ArrayList<>();
        for (int index = 0; index < manner.answers(); index++) {
            chunks.add(chunk(index, Json.object().put("role", "assistant").put("content", ""), null));
            if (answer.thought() && manner.reasoningField() != null) {
                for (String piece : Answer.pieces(Tokens.THOUGHT)) {
                    chunks.add(chunk(index, Json.object().put(manner.reasoningField(), piece), null));
                }
            }
            for (String piece : Answer.pieces(answer.text())) {
                chunks.add(chunk(index, Json.object().put("content", piece), null));
            }
            calls(index, chunks);
            chunks.add(chunk(index, Json.object(), finish()));
        }
        return chunks;
    }

    /** A chunk without a choice, for the usage. */
    ObjectNode empty() {
        ObjectNode chunk = envelope("chat.completion.chunk");
        chunk.putArray("choices");
        return chunk;
    }

    private void calls(int index, List<ObjectNode> chunks) {
        for (int at = 0; at < answer.uses().size(); at++) {
            Answer.Use use = answer.uses().get(at);
            String arguments = use.arguments();
            int half = manner.callsWhole() ? arguments.length() : arguments.length() / 2;
            chunks.add(chunk(
                    index, delta(call(use, arguments.substring(0, manner.callsWhole() ? half : 0)), at), null));
            for (String part : List.of(arguments.substring(0, half), arguments.substring(half))) {
                if (!manner.callsWhole()) {
                    ObjectNode more = Json.object();
                    more.putObject("function").put("arguments", part);
                    chunks.add(chunk(index, delta(more, at), null));
                }
            }
        }
    }

    private static ObjectNode delta(ObjectNode call, int at) {
        ObjectNode delta = Json.object();
        delta.putArray("tool_calls").add(call.put("index", at));
        return delta;
    }

    private ObjectNode chunk(int index, ObjectNode delta, @Nullable String finish) {
        ObjectNode chunk = envelope("chat.completion.chunk");
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", index);
        choice.set("delta", delta);
        choice.putNull("logprobs");
        choice.put("finish_reason", finish);
        return chunk;
    }

    private ObjectNode message() {
        ObjectNode message = Json.object().put("role", "assistant");
        if (answer.uses().isEmpty()) {
            message.put("content", answer.text());
        } else {
            message.putNull("content");
            ArrayNode calls = message.putArray("tool_calls");
            answer.uses().forEach(use -> calls.add(call(use, use.arguments())));
        }
        if (answer.thought() && manner.reasoningField() != null) {
            message.put(manner.reasoningField(), Tokens.THOUGHT);
        }
        if (manner.refusal()) {
            message.putNull("refusal").putArray("annotations");
        }
        return message;
    }

    private ObjectNode call(Answer.Use use, String arguments) {
        ObjectNode call = Json.object().put("id", manner.callId() + use.id()).put("type", "function");
        call.putObject("function").put("name", use.name()).put("arguments", arguments);
        return call;
    }

    private ObjectNode envelope(String object) {
        return Json.object()
                .put("id", id)
                .put("object", object)
                .put("created", CREATED)
                .put("model", asked.model());
    }

    private String finish() {
        return switch (answer.end()) {
            case DONE, STOP -> "stop";
            case LENGTH -> "length";
            case CALLS -> "tool_calls";
        };
    }
}
