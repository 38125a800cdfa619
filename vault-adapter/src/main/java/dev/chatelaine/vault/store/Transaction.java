package dev.chatelaine.vault.store;

import dev.chatelaine.vault.access.TenantId;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/**
 * One transaction in hand. Bound to the thread that was given it, and of no use once the unit of work has returned.
 */
public final class Transaction {
    private final Handle handle;
    private final Dialect dialect;
    private final Scope scope;
    private boolean announced;

    Transaction(Handle handle, Dialect dialect, Scope scope) {
        this.handle = handle;
        this.dialect = dialect;
        this.scope = scope;
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

    /** One change for many rows, sent together; {@code :name} are its parameters, bound anew for each row. */
    public PreparedBatch batch(String sql) {
        return handle.prepareBatch(sql);
    }

    /** Whether the unit of work named that tenant's part as what it changes. */
    public boolean covers(TenantId tenant) {
        return scope.covers(tenant);
    }

    /** Wakes whoever waits for announcements (see {@link Database#wakeups}) once this transaction is committed. */
    public void announce() {
        if (!announced) {
            announced = true;
            dialect.announce(handle);
        }
    }

    boolean announced() {
        return announced;
    }
}
