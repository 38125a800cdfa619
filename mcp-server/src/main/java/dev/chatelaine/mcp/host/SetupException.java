package dev.chatelaine.mcp.host;

import org.jspecify.annotations.Nullable;

/**
 * A host's configuration could not be changed, and nothing was changed. The message names files, members and places in
 * a file, never a value that stands in it: the environment of other servers often holds their keys.
 */
public final class SetupException extends RuntimeException {
    private final String next;

    SetupException(String problem, String next) {
        this(problem, next, null);
    }

    SetupException(String problem, String next, @Nullable Throwable cause) {
        super(problem, cause);
        this.next = next;
    }

    /** What the person can do about it: one sentence. */
    public String next() {
        return next;
    }
}
