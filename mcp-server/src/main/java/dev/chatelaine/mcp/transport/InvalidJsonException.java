package dev.chatelaine.mcp.transport;

/** A text is not JSON, or not JSON within the bounds. What the text was is in none of its messages. */
final class InvalidJsonException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidJsonException(String message) {
        super(message, null, false, false);
    }
}
