package dev.chatelaine.gateway.anthropic;

import dev.chatelaine.gateway.money.Usage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The events of one stream of the Messages API as chunks of a chat completion. Events come in order, from one thread at
 * a time. Holds a few numbers and no text.
 */
public final class MessagesStream {
    private final long created;
    private final boolean tellUsage;
    private final Map<Integer, Integer> calls = new HashMap<>();
    private final Map<Integer, Integer> thoughts = new HashMap<>();
    private String id = "";
    private String model = "";
    private Usage usage = Usage.NONE;
    private boolean complete;

    /**
     * A stream before its first event.
     *
     * @param created when it began, in seconds since 1970
     * @param tellUsage whether a chunk with the usage comes last, as the caller asked for
     */
    public MessagesStream(long created, boolean tellUsage) {
        this.created = created;
        this.tellUsage = tellUsage;
    }

    /** The chunks that this event becomes: none, one, or two. */
    public List<ObjectNode> chunks(JsonNode event) {
        return switch (event.path("type").asString("")) {
            case "message_start" -> start(event.path("message"));
            case "content_block_start" -> blockStart(event.path("index").asInt(0), event.path("content_block"));
            case "content_block_delta" -> blockDelta(event.path("index").asInt(0), event.path("delta"));
            case "message_delta" -> messageDelta(event);
            case "message_stop" -> stop();
            default -> List.of();
        };
    }

    /** What the stream has used, as far as its events have told. */
    public Usage usage() {
        return usage;
    }

    /** Whether the message has ended: a stream that ends before was cut off. */
    public boolean isComplete() {
        return complete;
    }

    private List<ObjectNode> start(JsonNode message) {
        id = message.path("id").asString("");
        model = message.path("model").asString("");
        usage = AnthropicUsage.of(message.path("usage"));
        ObjectNode delta = object().put("role", "assistant").put("content", "");
        return List.of(chunk(delta));
    }

    private List<ObjectNode> blockStart(int index, JsonNode block) {
        return switch (block.path("type").asString("")) {
            case "tool_use" -> call(index, block);
            case "thinking", "redacted_thinking" -> thought(index, block);
            default -> text(block);
        };
    }

    private List<ObjectNode> blockDelta(int index, JsonNode delta) {
        return switch (delta.path("type").asString("")) {
            case "text_delta" -> text(delta);
            case "thinking_delta", "signature_delta" -> thought(index, delta);
            case "input_json_delta" ->
                arguments(index, delta.path("partial_json").asString(""));
            default -> List.of();
        };
    }

    private List<ObjectNode> text(JsonNode part) {
        String text = part.path("text").asString("");
        return text.isEmpty() ? List.of() : List.of(chunk(object().put("content", text)));
    }

    /** A block that begins with nothing is told with its first part. */
    private List<ObjectNode> thought(int index, JsonNode part) {
        int number = thoughts.computeIfAbsent(index, first -> thoughts.size());
        boolean empty = Stream.of("thinking", "signature", "data")
                .allMatch(field -> part.path(field).asString("").isEmpty());
        return empty ? List.of() : List.of(chunk(ThinkingBlocks.delta(number, part)));
    }

    private List<ObjectNode> call(int index, JsonNode block) {
        calls.put(index, calls.size());
        ObjectNode call = object().put("index", calls.get(index));
        call.put("id", block.path("id").asString("")).put("type", "function");
        call.putObject("function").put("name", block.path("name").asString("")).put("arguments", "");
        return List.of(chunk(withCall(call)));
    }

    private List<ObjectNode> arguments(int index, String part) {
        Integer call = calls.get(index);
        if (call == null || part.isEmpty()) {
            return List.of();
        }
        ObjectNode more = object().put("index", call);
        more.putObject("function").put("arguments", part);
        return List.of(chunk(withCall(more)));
    }

    /** The counts of this event are of the whole message; those that it does not repeat stay. */
    private List<ObjectNode> messageDelta(JsonNode event) {
        usage = later(AnthropicUsage.of(event.path("usage")));
        JsonNode reason = event.path("delta").path("stop_reason");
        if (!reason.isString()) {
            return List.of();
        }
        ObjectNode chunk = chunk(object());
        ((ObjectNode) chunk.path("choices").get(0))
                .put("finish_reason", StopReasons.finishReason(reason.stringValue()));
        return List.of(chunk);
    }

    private Usage later(Usage told) {
        return told.prompt() > 0
                ? new Usage(
                        Math.max(told.prompt(), usage.prompt()),
                        told.cached(),
                        told.cacheWrite(),
                        Math.max(told.completion(), usage.completion()))
                : new Usage(
                        usage.prompt(),
                        usage.cached(),
                        usage.cacheWrite(),
                        Math.max(told.completion(), usage.completion()));
    }

    private List<ObjectNode> stop() {
        complete = true;
        if (!tellUsage) {
            return List.of();
        }
        ObjectNode chunk = envelope();
        chunk.putArray("choices");
        chunk.set("usage", AnthropicUsage.toChat(usage));
        return List.of(chunk);
    }

    private ObjectNode chunk(ObjectNode delta) {
        ObjectNode chunk = envelope();
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
        choice.set("delta", delta);
        choice.putNull("logprobs");
        choice.putNull("finish_reason");
        if (tellUsage) {
            chunk.putNull("usage");
        }
        return chunk;
    }

    private ObjectNode envelope() {
        ObjectNode chunk = object();
        chunk.put("id", id).put("object", "chat.completion.chunk");
        return chunk.put("created", created).put("model", model);
    }

    private static ObjectNode withCall(ObjectNode call) {
        ObjectNode delta = object();
        delta.putArray("tool_calls").add(call);
        return delta;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
