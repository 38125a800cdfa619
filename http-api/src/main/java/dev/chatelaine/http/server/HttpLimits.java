package dev.chatelaine.http.server;

import java.time.Duration;

/**
 * What a client may cost before its connection is closed.
 *
 * @param idle for how long nothing may move on a connection
 * @param headers for how long the header of a request may take from its first byte; for a first request, from the
 *     opening of the connection
 * @param bodyGrace for how long a body may come as slowly as it likes
 * @param bytesPerSecond how fast a body must come on average after that
 * @param stop for how long requests under way may take to end when the server stops
 * @param ping how often a WebSocket is pinged, and how long its client may take to answer
 */
public record HttpLimits(
        Duration idle, Duration headers, Duration bodyGrace, int bytesPerSecond, Duration stop, Duration ping) {
    /** The longest body, in bytes, where a route does not say otherwise. */
    public static final int LONGEST_BODY = 1 << 20;

    /** The longest header, request line and all, in bytes. */
    static final int LONGEST_HEADER = 16 << 10;

    private static final Duration PING = Duration.ofSeconds(20);

    /** Limits with the usual time between pings. */
    public HttpLimits(Duration idle, Duration headers, Duration bodyGrace, int bytesPerSecond, Duration stop) {
        this(idle, headers, bodyGrace, bytesPerSecond, stop, PING);
    }

    /** 30 s, 15 s, 5 s, 4 KiB a second, 10 s in all for stopping, and a ping every 20 s. */
    public static HttpLimits usual() {
        return new HttpLimits(
                Duration.ofSeconds(30), Duration.ofSeconds(15), Duration.ofSeconds(5), 4096, Duration.ofSeconds(9));
    }

    /** The same with another time between pings. */
    public HttpLimits pingingEvery(Duration other) {
        return new HttpLimits(idle, headers, bodyGrace, bytesPerSecond, stop, other);
    }

    /** The same with another time to stop. */
    public HttpLimits stoppingIn(Duration other) {
        return new HttpLimits(idle, headers, bodyGrace, bytesPerSecond, other, ping);
    }
}
