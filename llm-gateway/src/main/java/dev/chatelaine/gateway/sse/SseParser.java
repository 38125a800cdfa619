package dev.chatelaine.gateway.sse;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream of events from pieces of bytes, wherever they are cut. Lines end with CR, LF or both; one byte order
 * mark at the start is skipped; comments, {@code id}, {@code retry} and unknown fields are dropped; an event without
 * data is none; what is not well-formed UTF-8 becomes U+FFFD. What has not ended with an empty line is never an event.
 *
 * <p>Holds the bytes of one unfinished event, at most its limit. Not for several threads at once.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">WHATWG HTML, section 9.2.6</a>
 */
public final class SseParser {
    private static final int CR = '\r';
    private static final int LF = '\n';
    private static final String MARK = "\uFEFF";

    private final int limit;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final StringBuilder data = new StringBuilder();
    private @Nullable String name;
    private boolean hasData;
    private boolean first = true;
    private boolean afterCr;
    private int size;

    /**
     * A parser at the start of a stream.
     *
     * @param limit the most bytes that an event may have, its comments and line ends included
     */
    public SseParser(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("The limit is at least 1");
        }
        this.limit = limit;
    }

    /**
     * Reads on.
     *
     * @param events given those that these bytes complete, in order
     * @throws SseOverflowException when an event is longer than the limit, once those before it have been given; the
     *     parser is of no use after that
     */
    public void feed(byte[] bytes, Consumer<SseEvent> events) {
        int at = 0;
        while (at < bytes.length) {
            at = bytes[at] == LF && afterCr ? at + 1 : line(bytes, at, events);
            afterCr = bytes[at - 1] == CR;
        }
    }

    /** Whether something has been read of an event that has not ended: a stream that stops here is cut off. */
    public boolean isMidEvent() {
        return line.size() > 0 || hasData || name != null;
    }

    /** Takes what is there of a line from here on, with its end; answers where the next begins. */
    private int line(byte[] bytes, int from, Consumer<SseEvent> events) {
        int end = from;
        while (end < bytes.length && bytes[end] != CR && bytes[end] != LF) {
            end++;
        }
        boolean ended = end < bytes.length;
        size += end - from + (ended ? 1 : 0);
        if (size > limit) {
            throw new SseOverflowException();
        }
        line.write(bytes, from, end - from);
        if (ended) {
            endLine(events);
        }
        return ended ? end + 1 : end;
    }

    private void endLine(Consumer<SseEvent> events) {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (first && text.startsWith(MARK)) {
            text = text.substring(1);
        }
        first = false;
        if (text.isEmpty()) {
            endEvent(events);
        } else {
            field(text);
        }
    }

    private void field(String text) {
        int colon = text.indexOf(':');
        String field = colon < 0 ? text : text.substring(0, colon);
        String value = colon < 0 ? "" : text.substring(text.startsWith(" ", colon + 1) ? colon + 2 : colon + 1);
        switch (field) {
            case "event" -> name = value.isEmpty() ? null : value;
            case "data" -> {
                data.append(hasData ? "\n" : "").append(value);
                hasData = true;
            }
            default -> {
                // A comment, or a field that says nothing about what happened.
            }
        }
        forgetComment();
    }

    /** Providers keep a waiting line open with comments, as many as it takes; together they are no long event. */
    private void forgetComment() {
        if (!hasData && name == null) {
            size = 0;
        }
    }

    private void endEvent(Consumer<SseEvent> events) {
        if (hasData) {
            events.accept(new SseEvent(name, data.toString()));
        }
        data.setLength(0);
        name = null;
        hasData = false;
        size = 0;
    }
}
