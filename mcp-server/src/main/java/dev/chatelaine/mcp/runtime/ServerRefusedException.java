package dev.chatelaine.mcp.runtime;

import org.jspecify.annotations.Nullable;

/** The server refused a request, with a code and words of its own, which never hold a value. */
public final class ServerRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final @Nullable String field;
    private final @Nullable String next;

    ServerRefusedException(int status, String code, String message, @Nullable String field, @Nullable String next) {
        super(message);
        this.status = status;
        this.code = code;
        this.field = field;
        this.next = next;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The error code, as everywhere. */
    public String code() {
        return code;
    }

    /** The input at fault, where there is one. */
    public @Nullable String field() {
        return field;
    }

    /** What to do, where the message does not say it. */
    public @Nullable String next() {
        return next;
    }
}
