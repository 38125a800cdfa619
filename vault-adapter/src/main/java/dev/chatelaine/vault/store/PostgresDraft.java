package dev.chatelaine.vault.store;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A vault on its way into a PostgreSQL database. The vault's own record comes first and without its proof of the root
 * key: with that the database belongs to this vault and opens for nobody (see {@link
 * dev.chatelaine.vault.crypto.VaultIdentity}). The proof comes last. Everything is done on one connection, which holds a
 * lock that keeps another such draft away: whoever loses the one loses the other.
 */
final class PostgresDraft implements AutoCloseable {
    /** Of all databases' advisory locks a number of our own; beside that of the schema. */
    private static final long DRAFT_LOCK = 0x636861_74656c62L;

    private static final String ID = "vault_id";
    private static final String PROOF = "root_check";

    private final Connection connection;
    private final PostgresDialect dialect;

    private PostgresDraft(Connection connection, PostgresDialect dialect) {
        this.connection = connection;
        this.dialect = dialect;
    }

    /**
     * Connects, and makes the database this vault's draft if it is empty.
     *
     * @param record the vault's own record
     * @throws VaultException {@code vault_unavailable} when the database cannot be reached or used, {@code conflict}
     *     when it is not for this vault
     */
    static PostgresDraft open(PostgresUrl url, Clock clock, StoredRow record, List<StoredTable> tables) {
        PostgresDialect dialect = new PostgresDialect(url);
        Connection connection = null;
        try {
            connection = PostgresPool.single(url, PostgresLimits.USUAL);
            PostgresDraft draft = new PostgresDraft(connection, dialect);
            PostgresDatabase.refuseOtherEncodings(connection, url);
            draft.lockOut(url);
            if (dialect.hasTable(connection, StoredTable.VAULT)) {
                draft.found(record, url);
            }
            new Migrations(connection, dialect, clock).apply();
            if (!draft.found(record, url)) {
                draft.begin(record, tables, url);
            }
            return draft;
        } catch (SQLException e) {
            closeQuietly(connection);
            throw dialect.unavailable(e);
        } catch (RuntimeException e) {
            closeQuietly(connection);
            throw e;
        }
    }

    private void lockOut(PostgresUrl url) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_try_advisory_lock(" + DRAFT_LOCK + ")")) {
            if (!row.next() || !row.getBoolean(1)) {
                throw new VaultException(
                                ErrorCode.CONFLICT,
                                "Another `chatelaine migrate` is at work on the database {}. Nothing was changed.",
                                url)
                        .withNext("Wait until it has ended.");
            }
        }
    }

    /** Whether the draft of that vault is there; what else may be there is refused. */
    private boolean found(StoredRow record, PostgresUrl url) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT " + ID + ", length(" + PROOF + ") > 0 FROM vault")) {
            if (!row.next()) {
                return false;
            }
            if (!row.getString(1).equals(record.value(ID))) {
                throw new VaultException(
                                ErrorCode.CONFLICT, "The database {} holds another vault. Nothing was changed.", url)
                        .withNext("Name an empty database; createdb makes one.");
            }
            if (row.getBoolean(2)) {
                throw new VaultException(
                                ErrorCode.CONFLICT,
                                "The database {} holds this vault already, whole, and may be in use. Nothing was"
                                        + " changed.",
                                url)
                        .withNext("To use it, set CHATELAINE_DATABASE_URL. To move the vault anew, name an empty"
                                + " database.");
            }
            return true;
        }
    }

    private void begin(StoredRow record, List<StoredTable> tables, PostgresUrl url) throws SQLException {
        inTransaction(() -> {
            refuseRowsOfNobody(url);
            clear(tables);
            insert(List.of(record.with(PROOF, new byte[0])));
        });
    }

    private void refuseRowsOfNobody(PostgresUrl url) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT EXISTS (SELECT 1 FROM tenants)")) {
            if (row.next() && row.getBoolean(1)) {
                throw new VaultException(
                                ErrorCode.CONFLICT,
                                "The database {} holds tenants without a vault: another vault that was damaged. Nothing"
                                        + " was changed.",
                                url)
                        .withNext("Name an empty database; createdb makes one.");
            }
        }
    }

    /** What a table holds at present. */
    TableContent content(StoredTable table) {
        RowDigest digest = new RowDigest();
        guarded(() -> inTransaction(() -> forEach(table, digest::add)));
        return digest.content();
    }

    private void forEach(StoredTable table, Consumer<StoredRow> consumer) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(table.selection())) {
            while (rows.next()) {
                consumer.accept(StoredRow.of(table, rows));
            }
        }
    }

    /** Adds rows of one table, all of them or none. */
    void append(List<StoredRow> rows) {
        guarded(() -> inTransaction(() -> insert(rows)));
    }

    /** Takes everything out again but the vault's own record. */
    void restart(List<StoredTable> tables) {
        guarded(() -> inTransaction(() -> clear(tables)));
    }

    /** Makes the draft a vault. */
    void complete(StoredRow record) {
        guarded(() -> inTransaction(() -> {
            try (PreparedStatement update =
                    connection.prepareStatement("UPDATE vault SET " + PROOF + " = ? WHERE " + ID + " = ?")) {
                StoredType.BYTEA.bind(update, 1, record.value(PROOF));
                StoredType.TEXT.bind(update, 2, record.value(ID));
                update.executeUpdate();
            }
            RowDigest expected = new RowDigest();
            expected.add(record);
            RowDigest found = new RowDigest();
            forEach(record.table(), found::add);
            if (!found.content().equals(expected.content())) {
                throw new VaultException(
                        ErrorCode.CONFLICT,
                        "Somebody else changed the vault's record in the new database. It was not made a vault.");
            }
        }));
    }

    private void clear(List<StoredTable> tables) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "TRUNCATE " + tables.stream().map(StoredTable::name).collect(Collectors.joining(", ")));
        }
    }

    private void insert(List<StoredRow> rows) throws SQLException {
        try (PreparedStatement insertion =
                connection.prepareStatement(rows.get(0).table().insertion())) {
            for (StoredRow row : rows) {
                row.bind(insertion);
                insertion.addBatch();
            }
            insertion.executeBatch();
        }
    }

    /** A piece of work on the connection. */
    private interface SqlWork {
        void run() throws SQLException;
    }

    private void inTransaction(SqlWork work) throws SQLException {
        connection.setAutoCommit(false);
        try {
            work.run();
            connection.commit();
        } catch (SQLException | RuntimeException e) {
            rollBack(e);
            throw e;
        }
        connection.setAutoCommit(true);
    }

    private void rollBack(Exception because) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            because.addSuppressed(e);
        }
    }

    private void guarded(SqlWork work) {
        try {
            work.run();
        } catch (SQLException e) {
            throw breaksRules(e) ? unruly(e) : dialect.unavailable(e);
        }
    }

    /** A row that misses what it references, or a value that no check lets in (SQLSTATE class 23). */
    private static boolean breaksRules(SQLException e) {
        return e.getSQLState() != null && e.getSQLState().startsWith("23");
    }

    private static VaultException unruly(SQLException e) {
        return new VaultException(
                        ErrorCode.INTEGRITY_FAILED,
                        "The vault has a row that Chatelaine never writes: it breaks the rules of its own table. It was"
                                + " not copied.")
                .withNext("Restore the vault from your backup.")
                .causedBy(e);
    }

    @Override
    public void close() {
        closeQuietly(connection);
    }

    private static void closeQuietly(@Nullable Connection connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                // What counts was committed; the server frees the lock.
            }
        }
    }
}
