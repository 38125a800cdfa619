package dev.chatelaine.vault.store;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig.TransactionMode;

/**
 * A vault in one SQLite file that several processes use at once. Writers queue in {@link WriteQueue} and then begin
 * immediately; readers never wait (WAL).
 */
public final class SqliteDatabase implements Database {
    /** Older libraries can lose writes when several processes checkpoint a WAL. */
    private static final String OLDEST_LIBRARY = "3.51.3";

    private final Dialect dialect;
    private final Signals signals = new Signals();
    private final WriteQueue queue;
    private final SqliteConnections readers;
    private final SqliteConnections writers;
    private final Jdbi reading;
    private final Jdbi writing;

    private SqliteDatabase(Path file) throws IOException {
        this.dialect = new SqliteDialect(file);
        this.queue = new WriteQueue(file.resolveSibling(file.getFileName() + ".lock"));
        this.readers = new SqliteConnections(file, TransactionMode.DEFERRED);
        this.writers = new SqliteConnections(file, TransactionMode.IMMEDIATE);
        this.reading = jdbi(readers);
        this.writing = jdbi(writers);
    }

    /**
     * Opens the file, which is made if it is not there, and brings its schema up to date.
     *
     * @throws VaultException {@code vault_unavailable} when it is damaged, empty, not a vault or of a newer version, or
     *     its folder is read-only; a file that is read-only itself opens, and refuses to be written
     */
    public static SqliteDatabase open(Path file, Clock clock) {
        Path absolute = file.toAbsolutePath();
        SqliteDatabase database = null;
        try {
            PrivateFiles.createFolderOf(absolute);
            database = new SqliteDatabase(absolute);
            database.prepare(new SqliteFile(absolute, clock));
            return database;
        } catch (IOException e) {
            closeQuietly(database);
            throw unreachable(absolute, e);
        } catch (SQLException e) {
            closeQuietly(database);
            throw new SqliteDialect(absolute).unavailable(e);
        } catch (RuntimeException e) {
            closeQuietly(database);
            throw e;
        }
    }

    @Override
    public <T> T read(Function<Transaction, T> work) {
        try {
            return reading.inTransaction(handle -> work.apply(
                    new Transaction(handle, readers.statements(handle.getConnection()), dialect, Scope.NOTHING)));
        } catch (JdbiException e) {
            throw Database.translated(e, dialect, () -> new VaultException(ErrorCode.CONFLICT, "Try again."));
        }
    }

    @Override
    public <T> T write(Scope scope, Supplier<VaultException> taken, Function<Transaction, T> work) {
        try (WriteQueue.Turn turn = queue.take()) {
            Written<T> written = writing.inTransaction(handle -> {
                Transaction tx = new Transaction(handle, writers.statements(handle.getConnection()), dialect, scope);
                T result = work.apply(tx);
                tx.finish();
                return new Written<>(result, tx.announced());
            });
            if (written.announced()) {
                signals.signal();
            }
            return written.result();
        } catch (JdbiException e) {
            throw Database.translated(e, dialect, taken);
        } catch (ClosedByInterruptException | FileLockInterruptionException e) {
            throw new VaultException(
                            ErrorCode.VAULT_UNAVAILABLE,
                            "The call was interrupted while it waited for its turn to write. Nothing was changed.")
                    .causedBy(e);
        } catch (IOException e) {
            throw new VaultException(
                            ErrorCode.VAULT_UNAVAILABLE,
                            "The lock file beside the database cannot be used ({}). Nothing was changed.",
                            e.getClass().getSimpleName())
                    .causedBy(e);
        }
    }

    private record Written<T>(T result, boolean announced) {}

    /** Of this process' announcements alone. */
    @Override
    public Wakeups wakeups() {
        return signals.subscribe();
    }

    @Override
    public void close() {
        try {
            queue.close();
            writers.close();
            readers.close();
        } catch (SQLException e) {
            throw dialect.unavailable(e);
        } catch (IOException e) {
            throw new VaultException(ErrorCode.VAULT_UNAVAILABLE, "The lock file could not be closed.").causedBy(e);
        }
    }

    /** In the queue, so that of several processes that start together one makes the database and the others find it. */
    private void prepare(SqliteFile file) throws IOException, SQLException {
        try (WriteQueue.Turn turn = queue.take()) {
            file.prepare();
            Connection connection = writers.openConnection();
            try {
                refuseOldLibrary(connection);
                file.migrate(connection);
            } finally {
                writers.closeConnection(connection);
            }
        }
    }

    private static Jdbi jdbi(SqliteConnections connections) {
        return Database.quiet(Jdbi.create(connections).setStatementBuilderFactory(connections));
    }

    private static void refuseOldLibrary(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT sqlite_version()")) {
            String version = row.next() ? row.getString(1) : "0";
            if (Arrays.compare(numbers(version), numbers(OLDEST_LIBRARY)) < 0) {
                throw new VaultException(
                        ErrorCode.VAULT_UNAVAILABLE,
                        "The SQLite library is {}; several processes need {} or newer. Use the one that is bundled.",
                        version,
                        OLDEST_LIBRARY);
            }
        }
    }

    private static int[] numbers(String version) {
        return Arrays.stream(version.split("\\.", -1))
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    private static VaultException unreachable(Path file, IOException e) {
        return new VaultException(
                        ErrorCode.VAULT_UNAVAILABLE,
                        "The folder of the database {} cannot be used ({}). Check that it is there and writable.",
                        file,
                        e.getClass().getSimpleName())
                .causedBy(e);
    }

    private static void closeQuietly(@Nullable SqliteDatabase database) {
        if (database != null) {
            database.close();
        }
    }
}
