package dev.chatelaine.gateway.upstream;

import java.time.Duration;

/**
 * How long and how much a client waits for.
 *
 * @param connect for a connection, names and TLS included
 * @param firstByte from asking to the first byte of the answer's body, or to the first event of a stream
 * @param idle between one piece of an answer and the next, while somebody waits for it
 * @param answerBytes the longest answer that is not a stream; it is held in memory as a whole
 * @param eventBytes the longest event of a stream; no more than that is held for a stream
 * @param errorBytes how much of an error's body is read
 * @param connections the most connections to one host and port; requests beyond them queue
 */
public record UpstreamLimits(
        Duration connect,
        Duration firstByte,
        Duration idle,
        int answerBytes,
        int eventBytes,
        int errorBytes,
        int connections) {
    /** 5 s to connect, 60 s to the first byte and between two; 32 MiB, 1 MiB for an event; 4,096 connections. */
    public static final UpstreamLimits DEFAULT = new UpstreamLimits(
            Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofSeconds(60), 32 << 20, 1 << 20, 64 << 10, 4096);

    public UpstreamLimits {
        if (connect.isNegative() || connect.isZero() || firstByte.isNegative() || idle.isNegative()) {
            throw new IllegalArgumentException("Limits of time are more than nothing");
        }
        if (answerBytes < 1 || eventBytes < 1 || errorBytes < 1 || connections < 1) {
            throw new IllegalArgumentException("Limits of size are at least 1");
        }
    }
}
