package dev.chatelaine.mcp.host;

/** A text is not one JSON object. The message completes a sentence that begins with the file's name. */
final class MalformedJsonException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedJsonException(String message) {
        super(message);
    }

    /** Takes the parser's place alone: its message quotes the text, and the text can hold keys. */
    static MalformedJsonException at(int line, int column) {
        return new MalformedJsonException("is not valid JSON at line " + line + ", column " + column);
    }
}
