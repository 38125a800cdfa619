package dev.chatelaine.mcp.runtime;

import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells a person once when the server has been away for a while, and once when it is back. For one thread.
 */
final class Outage {
    private final URI server;
    private final Duration quiet;
    private final Consumer<String> notes;
    private @Nullable Long since;
    private boolean said;

    /**
     * @param quiet how long nothing is said
     * @param notes takes what is said
     */
    Outage(URI server, Duration quiet, Consumer<String> notes) {
        this.server = server;
        this.quiet = quiet;
        this.notes = notes;
    }

    /** A connection could not be made, or has ended. */
    void trouble(String why) {
        long now = System.nanoTime();
        if (since == null) {
            since = now;
        }
        if (!said && now - since >= quiet.toNanos()) {
            said = true;
            notes.accept(server + " cannot be followed (" + why
                    + "). The command goes on with the values it has; the connection is tried again and again.");
        }
    }

    /** There is a connection. */
    void over() {
        if (said) {
            notes.accept(server + " is followed again.");
        }
        said = false;
        since = null;
    }

    /** Says something else. */
    void note(String text) {
        notes.accept(text);
    }
}
