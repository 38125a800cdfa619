package dev.chatelaine.vault.provider;

/**
 * The operator's catalogue file has a mistake. The message names the file, the line (counted from 1; 0 where the file as
 * a whole is at fault) and what is wrong there. It quotes names of fields and ids, never values.
 */
public final class InvalidCatalogException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int line;

    InvalidCatalogException(String file, int line, String fault) {
        super(line > 0 ? file + ", line " + line + ": " + fault : file + ": " + fault);
        this.line = line;
    }

    public int line() {
        return line;
    }
}
