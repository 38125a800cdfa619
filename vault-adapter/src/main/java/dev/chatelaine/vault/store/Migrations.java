package dev.chatelaine.vault.store;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;

/**
 * The schema's numbered steps, each applied once and together with its number in one transaction. Several
 * processes may be at it: the dialect, or the caller, keeps the others away meanwhile.
 */
final class Migrations {
    /** In order; a step that has been released is never changed. */
    private static final List<String> STEPS = List.of(
            "0001-vault.sql",
            "0002-token-keys.sql",
            "0003-entry-tickets.sql",
            "0004-sign-in.sql",
            "0005-bundles-and-sessions.sql",
            "0006-gateway.sql");

    private final Connection connection;
    private final Dialect dialect;
    private final Clock clock;

    Migrations(Connection connection, Dialect dialect, Clock clock) {
        this.connection = connection;
        this.dialect = dialect;
        this.clock = clock;
    }

    /** The number of the newest step. */
    static int known() {
        return STEPS.size();
    }

    void apply() throws SQLException {
        int applied = applied();
        if (applied > STEPS.size()) {
            throw newer(applied);
        }
        for (int step = applied; step < STEPS.size(); step++) {
            applyStep(step + 1, script(STEPS.get(step)));
        }
    }

    /** What is said of a database of which this program knows too little. */
    static VaultException newer(int applied) {
        return new VaultException(
                        ErrorCode.VAULT_UNAVAILABLE,
                        "The database was made by a newer Chatelaine (schema {}; this one knows {}). Nothing was"
                                + " changed.",
                        applied,
                        known())
                .withNext("Update Chatelaine, or open the vault with the version that made it.");
    }

    /** The number of the last step that was applied; 0 where none was. */
    int applied() throws SQLException {
        return applied(connection, dialect);
    }

    /** The number of the last step that was applied to a database; 0 where none was. */
    static int applied(Connection connection, Dialect dialect) throws SQLException {
        if (!dialect.hasTable(connection, "schema_steps")) {
            return 0;
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT MAX(step) FROM schema_steps")) {
            return row.next() ? row.getInt(1) : 0;
        }
    }

    private void applyStep(int number, List<String> statements) throws SQLException {
        if (number == 1) {
            useWal();
        }
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            dialect.beginStep(connection);
            if (applied() < number) {
                for (String sql : statements) {
                    statement.execute(dialect.ddl(sql));
                }
                record(number);
            }
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /** SQLite keeps the journal's mode in the file, and changes it outside a transaction only. */
    private void useWal() throws SQLException {
        if ("SQLite".equals(connection.getMetaData().getDatabaseProductName())) {
            try (Statement statement = connection.createStatement();
                    ResultSet mode = statement.executeQuery("PRAGMA journal_mode=WAL")) {
                if (!mode.next() || !"wal".equals(mode.getString(1))) {
                    throw new VaultException(
                            ErrorCode.VAULT_UNAVAILABLE,
                            "The file system cannot hold a database that several processes use (SQLite's WAL). Choose a"
                                    + " folder on a local disk.");
                }
            }
        }
    }

    private void record(int number) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO schema_steps (step, applied_at) VALUES (?, ?)")) {
            insert.setInt(1, number);
            insert.setLong(2, clock.millis());
            insert.executeUpdate();
        }
    }

    private static List<String> script(String name) {
        try (InputStream resource = Migrations.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IllegalStateException("missing " + name);
            }
            String text = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .filter(line -> !line.startsWith("--"))
                    .collect(java.util.stream.Collectors.collectingAndThen(
                            java.util.stream.Collectors.joining("\n"),
                            joined -> List.of(joined.split(";\\s*(?:\n|$)"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
