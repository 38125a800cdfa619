package dev.chatelaine.vault.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.statement.StatementBuilder;
import org.jdbi.v3.core.statement.StatementBuilderFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;

/**
 * Connections to one SQLite file, kept for the next unit of work: opening one costs more than most units do.
 * Each keeps its prepared statements, too. {@code synchronous=FULL} makes an acknowledged write survive a loss of power;
 * {@code secure_delete} overwrites what is deleted.
 */
final class SqliteConnections implements ConnectionFactory, StatementBuilderFactory, AutoCloseable {
    private static final int BUSY_TIMEOUT_MILLIS = 30_000;
    private static final int MOST_IDLE = 32;

    private final SQLiteDataSource source;
    private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();
    private final Map<Connection, SqliteStatements> statements = new ConcurrentHashMap<>();
    private volatile boolean closed;

    SqliteConnections(Path file, TransactionMode mode) {
        SQLiteConfig config = new SQLiteConfig();
        config.setTransactionMode(mode);
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        config.enforceForeignKeys(true);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        // Nobody asks for them, and the driver would look them up after every insert.
        config.setGetGeneratedKeys(false);
        this.source = new SQLiteDataSource(config);
        // As a URI, in which nothing of a folder's name reads as an option.
        source.setUrl("jdbc:sqlite:" + file.toUri());
    }

    @Override
    public Connection openConnection() throws SQLException {
        Connection kept = idle.pollFirst();
        return kept != null ? kept : prepared(source.getConnection());
    }

    @Override
    public void closeConnection(Connection connection) throws SQLException {
        if (closed || idle.size() >= MOST_IDLE || !connection.getAutoCommit()) {
            close(connection);
        } else {
            idle.addFirst(connection);
        }
    }

    @Override
    public StatementBuilder createStatementBuilder(Connection connection) {
        return statements(connection);
    }

    /** The statements that are kept of one of these connections. */
    SqliteStatements statements(Connection connection) {
        return statements.computeIfAbsent(connection, SqliteStatements::new);
    }

    private void close(Connection connection) throws SQLException {
        statements.remove(connection);
        connection.close();
    }

    private static Connection prepared(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA secure_delete=ON");
            statement.execute("PRAGMA trusted_schema=OFF");
            statement.execute("PRAGMA cell_size_check=ON");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public void close() throws SQLException {
        closed = true;
        for (Connection connection = idle.pollFirst(); connection != null; connection = idle.pollFirst()) {
            close(connection);
        }
    }
}
