package dev.chatelaine.http.server;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.eclipse.jetty.util.NanoTime;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.exception.CloseException;
import org.jspecify.annotations.Nullable;

/**
 * What a client may say on a socket on which only the server has something to say: short texts, which nobody reads, and
 * control frames, all of it now and then. Used by one thread at a time.
 */
final class Inbound {
    /** The longest message, in bytes. */
    static final int LONGEST_MESSAGE = 1024;

    private static final int MOST_FRAGMENTS = 16;
    private static final int MOST_FRAMES = 100;
    private static final long WINDOW_NANOS = Duration.ofSeconds(10).toNanos();

    private long windowBegan = NanoTime.now();
    private int frames;
    private int fragments;
    private int bytes;
    private @Nullable Utf8 text;

    /**
     * Takes in a frame.
     *
     * @throws CloseException with the code that the socket is to be closed with
     */
    void take(Frame frame) {
        countFrame();
        switch (frame.getOpCode()) {
            case OpCode.BINARY -> throw refused(CloseStatus.BAD_DATA, "only text is taken");
            case OpCode.TEXT, OpCode.CONTINUATION -> takeText(frame);
            default -> {}
        }
    }

    private void countFrame() {
        if (NanoTime.since(windowBegan) > WINDOW_NANOS) {
            windowBegan = NanoTime.now();
            frames = 0;
        }
        if (++frames > MOST_FRAMES) {
            throw refused(CloseStatus.POLICY_VIOLATION, "too many frames");
        }
    }

    private void takeText(Frame frame) {
        if (++fragments > MOST_FRAGMENTS) {
            throw refused(CloseStatus.POLICY_VIOLATION, "too many fragments");
        }
        bytes += frame.getPayloadLength();
        if (bytes > LONGEST_MESSAGE) {
            throw refused(CloseStatus.MESSAGE_TOO_LARGE, "too long");
        }
        Utf8 decoding = text == null ? new Utf8() : text;
        text = decoding;
        decoding.take(frame.hasPayload() ? frame.getPayload() : ByteBuffer.allocate(0), frame.isFin());
        if (frame.isFin()) {
            fragments = 0;
            bytes = 0;
            text = null;
        }
    }

    private static CloseException refused(int code, String reason) {
        return new CloseException(code, reason);
    }

    /** Looks whether texts in parts are UTF-8, and forgets them. */
    private static final class Utf8 {
        private final CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        private final CharBuffer out = CharBuffer.allocate(LONGEST_MESSAGE);
        private ByteBuffer in = ByteBuffer.allocate(0);

        void take(ByteBuffer part, boolean last) {
            in = ByteBuffer.allocate(in.remaining() + part.remaining())
                    .put(in)
                    .put(part)
                    .flip();
            CoderResult result = decoder.decode(in, out, last);
            out.clear();
            if (result.isError()) {
                throw refused(CloseStatus.BAD_PAYLOAD, "not UTF-8");
            }
        }
    }
}
