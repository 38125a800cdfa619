package dev.chatelaine.http.server;

import org.jspecify.annotations.Nullable;

/**
 * What goes out on one WebSocket. It is asked for the next frame only when the one before has left, so that whatever
 * comes meanwhile can be merged: a client that reads slowly costs one frame, whatever happens.
 *
 * <p>{@link #opened} comes at most once, {@link #closed} once, and after it nothing. No method may block.
 */
public interface SocketSource {
    /**
     * The socket is open.
     *
     * @param wake to be run, by any thread and as often as wanted, whenever {@link #next} may have something
     */
    void opened(Runnable wake);

    /** What goes out next, or null for nothing now. Asked for by one thread at a time. */
    @Nullable
    Outgoing next();

    /** Comes every ping interval as long as the socket is open; {@link #next} is asked for afterwards. */
    default void pulse() {}

    /** The socket is closed, or never opened. */
    void closed();

    /** What a socket sends. */
    sealed interface Outgoing {}

    /** A text frame. */
    record Text(String text) implements Outgoing {}

    /** The end, with a code of RFC 6455, section 7.4.1. */
    record Close(int code) implements Outgoing {}
}
