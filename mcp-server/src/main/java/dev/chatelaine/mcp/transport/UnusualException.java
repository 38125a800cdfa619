package dev.chatelaine.mcp.transport;

/** A message has something in it that is not read or written by hand: the data binder is to look at it. */
final class UnusualException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusualException() {
        super("for the data binder", null, false, false);
    }
}
