package dev.chatelaine.gateway.anthropic;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a model thought before it answered. Anthropic wants it back as it was, signed, while tools are used; OpenAI's
 * shape has no place for it, so that it travels in a field of its own, of the name and shape that other gateways use.
 *
 * @see <a href="https://platform.claude.com/docs/en/build-with-claude/extended-thinking">Extended thinking</a>
 */
final class ThinkingBlocks {
    /** The field of a message, and of a stream's deltas. */
    static final String FIELD = "thinking_blocks";

    private static final String THINKING = "thinking";
    private static final String SIGNATURE = "signature";
    private static final String REDACTED = "redacted_thinking";
    private static final String DATA = "data";

    private ThinkingBlocks() {}

    /** Those blocks of an answer's content that can be sent back. */
    static ArrayNode told(JsonNode content) {
        ArrayNode blocks = MessagesRequest.array();
        for (JsonNode block : content) {
            switch (block.path("type").asString("")) {
                case THINKING -> {
                    if (!text(block, SIGNATURE).isEmpty()) {
                        blocks.add(thinking(text(block, THINKING), text(block, SIGNATURE)));
                    }
                }
                case REDACTED -> blocks.add(redacted(text(block, DATA)));
                default -> {
                    // Said, or done, but not thought.
                }
            }
        }
        return blocks;
    }

    /**
     * A part of a stream's block as the delta of a chunk. Has an index as the parts of tool calls do: OpenAI's own
     * clients put parts of a list together by it.
     *
     * @param index which block of thinking it is, from 0
     * @param part what there is of the block: its beginning, or a delta
     */
    static ObjectNode delta(int index, JsonNode part) {
        ObjectNode delta = MessagesRequest.object();
        String thought = text(part, THINKING);
        if (!thought.isEmpty()) {
            delta.put("reasoning_content", thought);
        }
        ObjectNode block = delta.putArray(FIELD).addObject().put("index", index);
        block.setAll(
                part.path("type").asString("").equals(REDACTED)
                        ? redacted(text(part, DATA))
                        : thinking(thought, text(part, SIGNATURE)));
        return delta;
    }

    /**
     * The blocks of an assistant's message. A block in parts, as a stream has them, is put together: it ends with its
     * signature.
     *
     * @param given the message's field, or nothing
     * @param path of the field
     */
    static ArrayNode of(JsonNode given, String path) {
        ArrayNode blocks = MessagesRequest.array();
        if (given.isNull() || given.isMissingNode()) {
            return blocks;
        }
        StringBuilder unsigned = new StringBuilder();
        for (int at = 0; given.isArray() && at < given.size(); at++) {
            add(given.get(at), path + "[" + at + "]", unsigned, blocks);
        }
        if (!given.isArray() || !unsigned.isEmpty()) {
            throw MessagesRequest.invalid(path);
        }
        return blocks;
    }

    private static void add(JsonNode part, String path, StringBuilder unsigned, ArrayNode blocks) {
        switch (part.path("type").asString("")) {
            case THINKING -> {
                unsigned.append(text(part, THINKING));
                String signature = text(part, SIGNATURE);
                if (!signature.isEmpty()) {
                    blocks.add(thinking(unsigned.toString(), signature));
                    unsigned.setLength(0);
                }
            }
            case REDACTED -> {
                if (!unsigned.isEmpty() || text(part, DATA).isEmpty()) {
                    throw MessagesRequest.invalid(path);
                }
                blocks.add(redacted(text(part, DATA)));
            }
            default -> throw MessagesRequest.invalid(path + ".type");
        }
    }

    private static ObjectNode thinking(String thought, String signature) {
        return MessagesRequest.object()
                .put("type", THINKING)
                .put(THINKING, thought)
                .put(SIGNATURE, signature);
    }

    private static ObjectNode redacted(String data) {
        return MessagesRequest.object().put("type", REDACTED).put(DATA, data);
    }

    private static String text(JsonNode block, String field) {
        return block.path(field).isString() ? block.get(field).stringValue() : "";
    }
}
