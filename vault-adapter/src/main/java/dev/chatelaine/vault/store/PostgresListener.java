package dev.chatelaine.vault.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears the announcements of all nodes, on a connection and a thread of its own from the first {@link #start} on. A
 * connection that is cut silently is noticed because it is asked at intervals whether it is alive; a new one is made
 * then, first at once and then ever more seldom. What was announced in between may have been missed, so that everybody
 * is woken whenever it is connected.
 */
final class PostgresListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresListener.class);
    private static final long SHORTEST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 10_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closing = lock.newCondition();
    private final Random jitter = new Random();
    private final PostgresUrl url;
    private final PGSimpleDataSource source;
    private final Signals signals;
    private final Duration quiet;
    private @Nullable Thread thread;
    private @Nullable Connection present;
    private boolean closed;
    private int failures;

    PostgresListener(PostgresUrl url, PostgresLimits limits, Signals signals) {
        this.url = url;
        this.signals = signals;
        this.quiet = limits.quiet();
        this.source = url.source(limits.connect());
        source.setSocketTimeout((int) limits.quiet().toSeconds());
    }

    /** Begins to listen, unless it does so already. */
    void start() {
        lock.lock();
        try {
            if (thread == null && !closed) {
                thread = new Thread(this::run, "chatelaine-announcements");
                thread.setDaemon(true);
                thread.start();
            }
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        while (!isClosed()) {
            try (Connection connection = source.getConnection()) {
                hold(connection);
                listen(connection);
            } catch (SQLException e) {
                failed(e);
            } finally {
                hold(null);
            }
            pause();
        }
    }

    private void listen(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("LISTEN " + PostgresDialect.CHANNEL);
            heard();
            PGConnection driver = connection.unwrap(PGConnection.class);
            while (!isClosed()) {
                PGNotification[] announced = driver.getNotifications((int) quiet.toMillis());
                if (announced != null && announced.length > 0) {
                    signals.signal();
                } else {
                    statement.execute("SELECT 1");
                }
            }
        }
    }

    private void heard() {
        if (failures > 0) {
            LOG.atInfo().addKeyValue("database", url).log("announcements of other nodes are heard again");
            failures = 0;
        }
        signals.signal();
    }

    private void failed(SQLException e) {
        if (!isClosed() && failures++ == 0) {
            LOG.atWarn()
                    .addKeyValue("database", url)
                    .addKeyValue("state", e.getSQLState())
                    .log("announcements of other nodes are not heard; changes are found by looking, a little later");
        }
    }

    /** The longer it has failed, the longer; never the same for two nodes. */
    private void pause() {
        long most = Math.min(LONGEST_PAUSE_MILLIS, SHORTEST_PAUSE_MILLIS << Math.min(failures, 10));
        long left = TimeUnit.MILLISECONDS.toNanos(most / 2 + (long) (jitter.nextDouble() * most / 2));
        lock.lock();
        try {
            while (!closed && left > 0) {
                left = closing.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private void hold(@Nullable Connection connection) {
        lock.lock();
        try {
            present = connection;
        } finally {
            lock.unlock();
        }
    }

    /** Cuts the connection, on which the thread may be waiting, and lets the thread end. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            closing.signalAll();
            if (present != null) {
                present.abort(Runnable::run);
            }
        } catch (SQLException e) {
            LOG.atDebug().addKeyValue("state", e.getSQLState()).log("the listening connection could not be cut");
        } finally {
            lock.unlock();
        }
    }
}
