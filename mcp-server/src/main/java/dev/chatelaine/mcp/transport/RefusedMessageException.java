package dev.chatelaine.mcp.transport;

import org.jspecify.annotations.Nullable;

/** A JSON value is no message of the protocol. It has a constant text, and the id where that could be read. */
final class RefusedMessageException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Object id;
    private final int code;

    RefusedMessageException(@Nullable Object id, int code, String message) {
        super(message, null, false, false);
        this.id = id;
        this.code = code;
    }

    /** The error object to answer with. */
    Refusal refusal() {
        return new Refusal(id, code, String.valueOf(getMessage()));
    }
}
