package dev.chatelaine.gateway.sse;

import org.jspecify.annotations.Nullable;

/**
 * One event of a stream.
 *
 * @param name what the {@code event} field said, or null where there was none
 * @param data the {@code data} lines, with a line feed between each two
 */
public record SseEvent(@Nullable String name, String data) {
    /** What OpenAI's streams send last. */
    public static final SseEvent DONE = data("[DONE]");

    /** An event without a name. */
    public static SseEvent data(String data) {
        return new SseEvent(null, data);
    }

    /** Whether this is the mark that a stream is complete. */
    public boolean isDone() {
        return data.strip().equals("[DONE]");
    }

    /** Never the data: it may be part of somebody's answer. */
    @Override
    public String toString() {
        return "SseEvent[name=" + name + ", " + data.length() + " characters]";
    }
}
