package dev.chatelaine.vault.store;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * A vault's SQLite file as it was at one moment, opened so that SQLite itself refuses every change, of the file and of
 * its log. Others go on writing meanwhile; nothing here sees it, and {@link #whileUnchanged} tells. For one thread.
 */
public final class SqliteSnapshot implements Database {
    private static final int BUSY_TIMEOUT_MILLIS = 30_000;

    private final Path file;
    private final Dialect dialect;
    private final Connection connection;
    private final Connection watch;
    private final long version;
    private final Handle handle;
    private final List<StoredTable> tables;

    private SqliteSnapshot(Path file, Connection watch, Connection connection) throws SQLException {
        this.file = file;
        this.dialect = new SqliteDialect(file);
        this.watch = watch;
        this.connection = connection;
        this.version = dataVersion();
        this.handle = Database.quiet(Jdbi.create(connection)).open();
        connection.setAutoCommit(false);
        this.tables = StoredTable.all(connection);
    }

    /**
     * Opens the file of a vault whose schema is this program's.
     *
     * @throws VaultException {@code vault_unavailable} when it is not there, damaged, no vault, or of another version
     */
    public static SqliteSnapshot open(Path file) {
        Path absolute = file.toAbsolutePath();
        SourceFile.refuseUnusable(absolute);
        Connection watch = null;
        Connection connection = null;
        try {
            watch = connect(absolute);
            connection = connect(absolute);
            return new SqliteSnapshot(absolute, watch, connection);
        } catch (SQLException e) {
            closeQuietly(watch);
            closeQuietly(connection);
            throw new SqliteDialect(absolute).unavailable(e);
        }
    }

    private static Connection connect(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file.toUri());
        return source.getConnection();
    }

    List<StoredTable> tables() {
        return tables;
    }

    long count(StoredTable table) {
        return read(tx -> tx.query("SELECT COUNT(*) FROM " + table.name())
                .mapTo(Long.class)
                .one());
    }

    /** Hands over a table's rows one by one, in the order of its key. */
    void forEach(StoredTable table, Consumer<StoredRow> consumer) {
        try {
            forEach(connection, table, consumer);
        } catch (SQLException e) {
            throw dialect.unavailable(e);
        }
    }

    private static void forEach(Connection connection, StoredTable table, Consumer<StoredRow> consumer)
            throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(table.selection())) {
            while (rows.next()) {
                consumer.accept(StoredRow.of(table, rows));
            }
        }
    }

    /**
     * Does a piece of work while nobody can write the file, if nobody has since the snapshot.
     *
     * @param contents what the snapshot's tables hold, by their names
     * @return false when somebody has, and the work was not done
     */
    boolean whileUnchanged(Map<String, TableContent> contents, Runnable work) {
        try (WriteQueue queue = new WriteQueue(file.resolveSibling(file.getFileName() + ".lock"));
                WriteQueue.Turn turn = queue.take()) {
            boolean same = dataVersion() == version || contentsNow().equals(contents);
            if (same) {
                work.run();
            }
            return same;
        } catch (IOException e) {
            throw new VaultException(
                            ErrorCode.VAULT_UNAVAILABLE,
                            "The lock file beside the database {} cannot be used ({}). Nothing was changed.",
                            file,
                            e.getClass().getSimpleName())
                    .causedBy(e);
        } catch (SQLException e) {
            throw dialect.unavailable(e);
        }
    }

    /** A number that changes with every commit of others, and now and then without one. */
    private long dataVersion() throws SQLException {
        try (Statement statement = watch.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA data_version")) {
            return row.getLong(1);
        }
    }

    private Map<String, TableContent> contentsNow() throws SQLException {
        Map<String, TableContent> contents = new LinkedHashMap<>();
        watch.setAutoCommit(false);
        try {
            for (StoredTable table : tables) {
                RowDigest digest = new RowDigest();
                forEach(watch, table, digest::add);
                contents.put(table.name(), digest.content());
            }
        } finally {
            watch.setAutoCommit(true);
        }
        return contents;
    }

    @Override
    public <T> T read(Function<Transaction, T> work) {
        try {
            return work.apply(new Transaction(handle, Statements.of(handle.getConnection()), dialect, Scope.NOTHING));
        } catch (JdbiException e) {
            throw Database.translated(e, dialect, () -> new VaultException(ErrorCode.CONFLICT, "Try again."));
        }
    }

    /** Never: not even to the caller who insists. */
    @Override
    public <T> T write(Scope scope, Supplier<VaultException> taken, Function<Transaction, T> work) {
        throw new IllegalStateException("a snapshot is not written");
    }

    /** Of nothing: whoever looks at one moment hears of no other. */
    @Override
    public Wakeups wakeups() {
        return new Signals().subscribe();
    }

    @Override
    public void close() {
        closeQuietly(connection);
        closeQuietly(watch);
    }

    private static void closeQuietly(@Nullable Connection connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                // It only read.
            }
        }
    }
}
