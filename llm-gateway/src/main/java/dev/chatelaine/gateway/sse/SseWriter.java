package dev.chatelaine.gateway.sse;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
        for (String line : lines(event.data())) {
            text.append("data: ").append(line).append('\n');
        }
        return text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The bytes of some events, one after the other. */
    public static byte[] write(List<SseEvent> events) {
        if (events.size() == 1) {
            return write(events.get(0));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        events.forEach(event -> bytes.writeBytes(write(event)));
        return bytes.toByteArray();
    }

    /** JSON is one line. */
    private static List<String> lines(String data) {
        boolean one = data.indexOf('\n') < 0 && data.indexOf('\r') < 0;
        return one ? List.of(data) : List.of(LINE_END.split(data, -1));
    }

    /** A comment, which is no event and keeps a quiet line open. */
    public static byte[] keepAlive() {
        return KEEP_ALIVE.clone();
    }
}
