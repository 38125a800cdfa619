package dev.chatelaine.vault.store;

import dev.chatelaine.vault.VaultException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/** PostgreSQL's ways. Errors are told apart by their SQLSTATE (manual, appendix A). */
final class PostgresDialect implements Dialect {
    /** What {@code NOTIFY} and {@code LISTEN} name. */
    static final String CHANNEL = "chatelaine";

    /** The lock that whoever changes the schema holds, of all databases' advisory locks a number of our own. */
    private static final long SCHEMA_LOCK = 0x636861_74656c61L;

    private static final Pattern TEXT = Pattern.compile("\\bTEXT\\b");
    private static final Set<String> UNDONE = Set.of("40001", "40P01");

    private final PostgresUrl url;

    PostgresDialect(PostgresUrl url) {
        this.url = url;
    }

    @Override
    public String forUpdate() {
        return " FOR UPDATE";
    }

    /** Text in the order of its code points, which is SQLite's, wherever the database was made. */
    @Override
    public String ddl(String statement) {
        return TEXT.matcher(statement).replaceAll("TEXT COLLATE \"C\"");
    }

    /** Asked of the catalogue itself: {@code to_regclass} may answer from before another's migration. */
    @Override
    public boolean hasTable(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT EXISTS (SELECT 1 FROM pg_catalog.pg_class WHERE relname = '"
                                + name + "' AND relkind = 'r' AND relnamespace = current_schema()::regnamespace)")) {
            return row.next() && row.getBoolean(1);
        }
    }

    @Override
    public void beginStep(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_xact_lock(" + SCHEMA_LOCK + ")");
        }
    }

    @Override
    public void announce(Handle handle) {
        handle.execute("NOTIFY " + CHANNEL);
    }

    @Override
    public boolean uniqueViolation(SQLException e) {
        return "23505".equals(state(e));
    }

    /** Whether the transaction was undone for the sake of another, so that it may be done again. */
    boolean undone(SQLException e) {
        return UNDONE.contains(state(e));
    }

    /** Whether the connection ended, so that what it was doing is not known. */
    boolean cut(SQLException e) {
        String state = state(e);
        return state.startsWith("08") || state.startsWith("57P0");
    }

    @Override
    public VaultException unavailable(SQLException e) {
        return PostgresFailure.of(state(e)).described(url, state(e)).causedBy(e);
    }

    /** The server's code, or the driver's own; a pool has none, and what it could not do is its cause. */
    private static String state(SQLException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
        }
        return "";
    }
}
