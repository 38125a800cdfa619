package dev.chatelaine.vault.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jdbi.v3.core.ConnectionFactory;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A bounded number of connections for reading, or for writing, each asked whether it is alive before it is used again.
 * None is kept that nobody used for a minute. Neither the pool nor the driver is given a URL with a password in it that
 * it could log.
 */
final class PostgresPool implements ConnectionFactory, AutoCloseable {
    private static final Duration UNUSED = Duration.ofMinutes(1);
    private static final int ROWS_AT_ONCE = 1000;

    private final HikariDataSource pool;

    private PostgresPool(PostgresUrl url, PostgresLimits limits, String purpose, String settings) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("chatelaine-" + purpose);
        config.setDataSource(source(url, limits));
        config.setMaximumPoolSize(limits.connections());
        config.setMinimumIdle(0);
        config.setIdleTimeout(UNUSED.toMillis());
        config.setConnectionTimeout(limits.free().toMillis());
        config.setValidationTimeout(
                Math.min(limits.connect().toMillis(), limits.free().toMillis()));
        config.setInitializationFailTimeout(-1);
        config.setConnectionInitSql(limits(limits) + settings);
        this.pool = new HikariDataSource(config);
    }

    /** Connections that read from one snapshot per transaction and change nothing. */
    static PostgresPool reading(PostgresUrl url, PostgresLimits limits) {
        return new PostgresPool(
                url,
                limits,
                "readers",
                "; SET default_transaction_isolation = 'repeatable read'; SET default_transaction_read_only = on");
    }

    /** Connections on which every statement sees what was committed before it. */
    static PostgresPool writing(PostgresUrl url, PostgresLimits limits) {
        return new PostgresPool(url, limits, "writers", "; SET default_transaction_isolation = 'read committed'");
    }

    /** One connection outside of any pool. */
    static Connection single(PostgresUrl url, PostgresLimits limits) throws SQLException {
        Connection connection = source(url, limits).getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute(limits(limits));
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static PGSimpleDataSource source(PostgresUrl url, PostgresLimits limits) {
        PGSimpleDataSource source = url.source(limits.connect());
        source.setSocketTimeout((int) limits.silence().toSeconds());
        source.setDefaultRowFetchSize(ROWS_AT_ONCE);
        return source;
    }

    private static String limits(PostgresLimits limits) {
        return "SET statement_timeout = " + limits.statement().toMillis()
                + "; SET lock_timeout = " + limits.turn().toMillis()
                + "; SET idle_in_transaction_session_timeout = " + limits.idle().toMillis();
    }

    @Override
    public Connection openConnection() throws SQLException {
        return pool.getConnection();
    }

    @Override
    public void close() {
        pool.close();
    }
}
