package dev.chatelaine.vault.store;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** SQLite's ways. Writers are alone ({@code BEGIN IMMEDIATE}), so rows need no locks. */
final class SqliteDialect implements Dialect {
    private final Path file;

    SqliteDialect(Path file) {
        this.file = file;
    }

    @Override
    public String forUpdate() {
        return "";
    }

    @Override
    public String ddl(String statement) {
        return statement;
    }

    @Override
    public boolean hasTable(Connection connection, String name) throws SQLException {
        try (ResultSet table = connection.getMetaData().getTables(null, null, name, null)) {
            return table.next();
        }
    }

    /** Nothing: whoever opens the file holds the queue of writers meanwhile. */
    @Override
    public void beginStep(Connection connection) {}

    /** Nothing: only this process can be told, and is after the commit. */
    @Override
    public void announce(Handle handle) {}

    @Override
    public boolean uniqueViolation(SQLException e) {
        SQLiteErrorCode code = code(e);
        return code == SQLiteErrorCode.SQLITE_CONSTRAINT_UNIQUE || code == SQLiteErrorCode.SQLITE_CONSTRAINT_PRIMARYKEY;
    }

    @Override
    public VaultException unavailable(SQLException e) {
        return described(primary(code(e))).causedBy(e);
    }

    private VaultException described(SQLiteErrorCode code) {
        return switch (code) {
            case SQLITE_FULL ->
                new VaultException(
                                ErrorCode.VAULT_UNAVAILABLE,
                                "The disk of {} is full. Nothing was changed. Free some space and try again.",
                                file)
                        .withNext("df -h '" + file.getParent() + "'");
            case SQLITE_READONLY, SQLITE_PERM ->
                new VaultException(
                        ErrorCode.VAULT_UNAVAILABLE,
                        "The database {} is read-only. Nothing was changed. Make the file and its folder writable for"
                                + " the user who runs Chatelaine.",
                        file);
            case SQLITE_CORRUPT, SQLITE_NOTADB ->
                new VaultException(
                                ErrorCode.VAULT_UNAVAILABLE,
                                "The database {} is damaged or is not a Chatelaine vault. Nothing was changed.",
                                file)
                        .withNext("Restore it from your backup, with its root key.");
            case SQLITE_BUSY, SQLITE_LOCKED ->
                new VaultException(
                        ErrorCode.VAULT_UNAVAILABLE,
                        "The database {} was busy for too long. Nothing was changed. Try again.",
                        file);
            case SQLITE_CANTOPEN ->
                new VaultException(
                        ErrorCode.VAULT_UNAVAILABLE,
                        "The database {} cannot be opened. Check that its folder is there and writable.",
                        file);
            default ->
                new VaultException(
                        ErrorCode.VAULT_UNAVAILABLE,
                        "The database {} failed ({}). Nothing was changed. Run `chatelaine doctor`.",
                        file,
                        code.name());
        };
    }

    /** The primary result code, which is the low byte of an extended one. */
    private static SQLiteErrorCode primary(SQLiteErrorCode code) {
        return SQLiteErrorCode.getErrorCode(code.code & 0xff);
    }

    private static SQLiteErrorCode code(SQLException e) {
        return e instanceof SQLiteException sqlite ? sqlite.getResultCode() : SQLiteErrorCode.UNKNOWN_ERROR;
    }
}
