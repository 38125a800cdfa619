package dev.chatelaine.vault.store;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.sql.SQLException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.jspecify.annotations.Nullable;

/**
 * The database as two verbs, each one transaction. Safe for several threads.
 *
 * <p>Both verbs fail with {@code vault_unavailable} when the database does; a write that fails, for whatever reason,
 * has changed nothing, and one that returns is on disk.
 */
public interface Database extends AutoCloseable {

    /** Reads from one consistent snapshot. */
    <T> T read(Function<Transaction, T> work);

    /**
     * Changes the database, alone in its scope or as if alone. Where the database had to undo a unit of work for the
     * sake of another, the unit is run again: apart from the transaction it changes nothing that counts twice.
     *
     * @param scope what it changes
     * @param taken what to throw when a row with the same unique key came first
     */
    <T> T write(Scope scope, Supplier<VaultException> taken, Function<Transaction, T> work);

    /** Changes the database where no unique key can be in the way. */
    default <T> T write(Scope scope, Function<Transaction, T> work) {
        return write(
                scope,
                () -> new VaultException(
                        ErrorCode.CONFLICT,
                        "Somebody else changed the same thing at the same time. Nothing was changed. Try again."),
                work);
    }

    /** Waits for announcements from now on; of other processes' only those that the database passes on. */
    Wakeups wakeups();

    @Override
    void close();

    /** Jdbi must never put what was bound into a message; a parameter that a variant of a query leaves out is fine. */
    static Jdbi quiet(Jdbi jdbi) {
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
        jdbi.getConfig(SqlStatements.class).setUnusedBindingAllowed(true);
        return jdbi;
    }

    /** The domain's word for a failure that Jdbi reports. */
    static RuntimeException translated(JdbiException e, Dialect dialect, Supplier<VaultException> taken) {
        SQLException sql = sql(e);
        if (sql == null) {
            return e;
        }
        return dialect.uniqueViolation(sql) ? taken.get().causedBy(e) : dialect.unavailable(sql);
    }

    /** The failure of the database that Jdbi reports, where it is one. */
    static @Nullable SQLException sql(JdbiException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }
}
