package dev.chatelaine.vault.store;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/**
 * One transaction in hand. Bound to the thread that was given it, and of no use once the unit of work has returned.
 */
public final class Transaction {
    private final Handle handle;
    private final Dialect dialect;

    Transaction(Handle handle, Dialect dialect) {
        this.handle = handle;
        this.dialect = dialect;
    }

    /** A query; {@code :name} are its parameters. */
    public Query query(String sql) {
        return handle.createQuery(sql);
    }

    /** A query whose rows nobody else changes until this transaction ends. */
    public Query queryForUpdate(String sql) {
        return handle.createQuery(sql + dialect.forUpdate());
    }

    /** A change; {@code :name} are its parameters. */
    public Update update(String sql) {
        return handle.createUpdate(sql);
    }
}
