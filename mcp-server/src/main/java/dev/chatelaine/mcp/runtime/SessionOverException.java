package dev.chatelaine.mcp.runtime;

/** The session's token does not count any more, or never did. */
final class SessionOverException extends Exception {
    private static final long serialVersionUID = 1L;

    SessionOverException() {
        super("its token has expired or was revoked");
    }
}
