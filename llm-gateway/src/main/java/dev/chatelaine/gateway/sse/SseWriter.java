package dev.chatelaine.gateway.sse;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Writes events as bytes that every parser of server-sent events reads as the same events. */
public final class SseWriter {
    private static final Pattern LINE_END = Pattern.compile("\r\n|\r|\n");
    private static final byte[] KEEP_ALIVE = ":\n\n".getBytes(StandardCharsets.UTF_8);

    private SseWriter() {}

    /**
     * The bytes of an event. A line end within the data, of whichever kind, is read back as a line feed.
     *
     * @throws IllegalArgumentException when its name has a line end
     */
    public static byte[] write(SseEvent event) {
        StringBuilder text = new StringBuilder(event.data().length() + 32);
        if (event.name() != null) {
            if (LINE_END.matcher(event.name()).find()) {
                throw new IllegalArgumentException("An event's name is one line");
            }
            text.append("event: ").append(event.name()).append('\n');
        }
        for (String line : LINE_END.split(event.data(), -1)) {
            text.append("data: ").append(line).append('\n');
        }
        return text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    /** A comment, which is no event and keeps a quiet line open. */
    public static byte[] keepAlive() {
        return KEEP_ALIVE.clone();
    }
}
