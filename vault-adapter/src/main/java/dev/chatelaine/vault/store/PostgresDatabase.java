package dev.chatelaine.vault.store;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * A vault in a PostgreSQL database that several nodes use at once. Writers whose scopes meet queue, first in this
 * process ({@link Turns}) and then among all nodes, on advisory locks that a transaction takes before it looks at
 * anything: each sees what the one before it committed, at READ COMMITTED. Readers never wait, and each reads from one
 * snapshot. Transactions that the server undoes for the sake of others (SQLSTATE 40001 and 40P01) are run again.
 */
final class PostgresDatabase implements Database {
    private static final int ATTEMPTS = 8;
    private static final long SHORTEST_PAUSE_NANOS = 5_000_000;

    private final PostgresUrl url;
    private final PostgresDialect dialect;
    private final PostgresPool readers;
    private final PostgresPool writers;
    private final PostgresListener listener;
    private final Jdbi reading;
    private final Jdbi writing;
    private final Turns turns;
    private final Work work = new Work();
    private final Signals signals = new Signals();
    private final Random jitter = new Random();

    private PostgresDatabase(PostgresUrl url, PostgresLimits limits) {
        this.url = url;
        this.dialect = new PostgresDialect(url);
        this.readers = PostgresPool.reading(url, limits);
        this.writers = PostgresPool.writing(url, limits);
        this.reading = Database.quiet(Jdbi.create(readers));
        this.writing = Database.quiet(Jdbi.create(writers));
        this.turns = new Turns(limits.turn());
        this.listener = new PostgresListener(url, limits, signals);
    }

    /**
     * Opens the database and brings its schema up to date. Several nodes may do so at once.
     *
     * @throws VaultException {@code vault_unavailable} when it cannot be reached or used, or is of a newer version
     */
    static PostgresDatabase open(PostgresUrl url, PostgresLimits limits, Clock clock) {
        PostgresDialect dialect = new PostgresDialect(url);
        try (Connection connection = PostgresPool.single(url, limits)) {
            refuseOtherEncodings(connection, url);
            new Migrations(connection, dialect, clock).apply();
        } catch (SQLException e) {
            throw dialect.unavailable(e);
        }
        return new PostgresDatabase(url, limits);
    }

    @Override
    public <T> T read(Function<Transaction, T> unit) {
        return work.during(() -> repeated(
                () -> inTransaction(reading, Scope.NOTHING, unit).result(),
                () -> new VaultException(ErrorCode.CONFLICT, "Try again.")));
    }

    @Override
    public <T> T write(Scope scope, Supplier<VaultException> taken, Function<Transaction, T> unit) {
        return work.during(() -> {
            Written<T> written;
            try (Turns.Turn turn = turns.take(scope)) {
                written = repeated(() -> inTransaction(writing, scope, unit), taken);
            }
            if (written.announced()) {
                signals.signal();
            }
            return written.result();
        });
    }

    private record Written<T>(T result, boolean announced) {}

    private <T> T repeated(Supplier<T> attempt, Supplier<VaultException> taken) {
        for (int i = 1; ; i++) {
            try {
                return attempt.get();
            } catch (JdbiException e) {
                SQLException sql = Database.sql(e);
                if (sql == null || !dialect.undone(sql) || i == ATTEMPTS) {
                    throw Database.translated(e, dialect, taken);
                }
                pause(i);
            }
        }
    }

    /** So that those who stood in each other's way do not do so again. */
    private void pause(int attempt) {
        long most = SHORTEST_PAUSE_NANOS << attempt;
        LockSupport.parkNanos(SHORTEST_PAUSE_NANOS + (long) (jitter.nextDouble() * most));
    }

    private <T> Written<T> inTransaction(Jdbi jdbi, Scope scope, Function<Transaction, T> unit) {
        boolean[] committing = {false};
        try {
            return jdbi.inTransaction(handle -> {
                Turns.lock(handle, scope);
                Transaction tx = new Transaction(handle, Statements.of(handle.getConnection()), dialect, scope);
                T result = unit.apply(tx);
                tx.finish();
                committing[0] = true;
                return new Written<>(result, tx.announced());
            });
        } catch (JdbiException e) {
            SQLException sql = Database.sql(e);
            if (committing[0] && !scope.equals(Scope.NOTHING) && sql != null && dialect.cut(sql)) {
                throw uncertain().causedBy(e);
            }
            throw e;
        }
    }

    @Override
    public Wakeups wakeups() {
        listener.start();
        return signals.subscribe();
    }

    @Override
    public void close() {
        listener.close();
        work.end();
        writers.close();
        readers.close();
    }

    static void refuseOtherEncodings(Connection connection, PostgresUrl url) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW server_encoding")) {
            if (row.next() && !"UTF8".equals(row.getString(1))) {
                throw new VaultException(
                                ErrorCode.VAULT_UNAVAILABLE,
                                "The database {} keeps text as {}, and Chatelaine's is UTF8. Nothing was changed.",
                                url,
                                row.getString(1))
                        .withNext("createdb --encoding=UTF8 --template=template0 NAME");
            }
        }
    }

    private VaultException uncertain() {
        return new VaultException(
                ErrorCode.VAULT_UNAVAILABLE,
                "The connection to the database {} was lost at the very end: the change may have been made. Look before"
                        + " you try again.",
                url);
    }
}
