package dev.chatelaine.mcp.transport;

/** A line went over its bound. The rest of it is skipped by the reader that threw this; the next line can be read. */
final class LineTooLongException extends Exception {
    private static final long serialVersionUID = 1L;

    LineTooLongException() {
        super("a line is longer than its bound", null, false, false);
    }
}
