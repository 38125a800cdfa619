package dev.chatelaine.gateway.sse;

/** An event was longer than its reader takes. */
public final class SseOverflowException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SseOverflowException() {
        super("An event of the stream is longer than the limit");
    }
}
