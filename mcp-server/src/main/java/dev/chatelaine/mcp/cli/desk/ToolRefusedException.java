package dev.chatelaine.mcp.cli.desk;

/** A tool refused or failed; the error is the tool's own. */
public final class ToolRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Facts error;

    ToolRefusedException(Facts error) {
        super(error.text("message"));
        this.error = error;
    }

    /** {@code code}, {@code message}, and where there are any {@code field} and {@code next}. */
    public Facts error() {
        return error;
    }
}
