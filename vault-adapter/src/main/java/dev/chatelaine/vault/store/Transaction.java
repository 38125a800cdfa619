package dev.chatelaine.vault.store;

import dev.chatelaine.vault.access.TenantId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/**
 * One transaction in hand. Bound to the thread that was given it, and of no use once the unit of work has returned.
 */
public final class Transaction {
    private static final String PART = "part";

    private final Handle handle;
    private final Dialect dialect;
    private final Scope scope;
    private final DirectSql direct;
    private final Map<Object, Object> known = new HashMap<>();
    private final List<Item<?>> collected = new ArrayList<>();
    private boolean inPart;
    private boolean partChanged;
    private boolean announced;

    Transaction(Handle handle, Statements statements, Dialect dialect, Scope scope) {
        this.handle = handle;
        this.dialect = dialect;
        this.scope = scope;
        this.direct = new DirectSql(statements, this::changing);
    }

    /**
     * What is collected while a unit of work goes on and dealt with all at once at its end. What is collected for equal
     * ones is dealt with together.
     */
    @FunctionalInterface
    public interface Collected<T> {
        /** Deals with it, in the order in which it came: in the transaction still, and part of it as anything else. */
        void finish(Transaction tx, List<T> items);
    }

    private record Item<T>(Collected<T> collector, T item) {}

    /** A query; {@code :name} are its parameters. */
    public Query query(String sql) {
        return handle.createQuery(sql);
    }

    /** A query whose rows nobody else changes until this transaction ends. */
    public Query queryForUpdate(String sql) {
        return handle.createQuery(sql + dialect.forUpdate());
    }

    /** What is asked too often to go through Jdbi. */
    public DirectSql direct() {
        return direct;
    }

    /**
     * Has nobody else change the rows of a query until this transaction ends, where the database does not do so anyway.
     *
     * @param sql with {@code ?} as its parameters
     */
    public void hold(String sql, Object... values) {
        if (!dialect.forUpdate().isEmpty()) {
            direct.first(sql + dialect.forUpdate(), row -> Boolean.TRUE, values);
        }
    }

    /** A change; {@code :name} are its parameters. */
    public Update update(String sql) {
        changing();
        return handle.createUpdate(sql);
    }

    /** One change for many rows, sent together; {@code :name} are its parameters, bound anew for each row. */
    public PreparedBatch batch(String sql) {
        changing();
        return handle.prepareBatch(sql);
    }

    /** Whether the unit of work named that tenant's part as what it changes. */
    public boolean covers(TenantId tenant) {
        return scope.covers(tenant);
    }

    /**
     * Does a part of the unit of work, which has no parts itself. Where it throws, all that it changed or had collected is
     * undone, and the rest may go on; a failure of the database itself is the end of the whole unit, and must be let
     * through.
     */
    public <T> T part(Supplier<T> work) {
        if (inPart) {
            throw new IllegalStateException("a part has no parts");
        }
        inPart = true;
        int before = collected.size();
        try {
            T result = work.get();
            if (partChanged) {
                handle.releaseSavepoint(PART);
            }
            return result;
        } catch (JdbiException e) {
            throw e;
        } catch (RuntimeException e) {
            undo(before);
            throw e;
        } finally {
            inPart = false;
            partChanged = false;
        }
    }

    /** What was found out under this key earlier in this transaction, or else is now. A key stands for one type. */
    @SuppressWarnings("unchecked")
    public <T> T once(Object key, Supplier<T> work) {
        T found = (T) known.get(key);
        if (found == null) {
            found = work.get();
            known.put(key, found);
        }
        return found;
    }

    /** Has what was found out under this key found out again. */
    public void forget(Object key) {
        known.remove(key);
    }

    /** Leaves something for the end of the unit of work. */
    public <T> void collect(Collected<T> collector, T item) {
        collected.add(new Item<>(collector, item));
    }

    /** Wakes whoever waits for announcements (see {@link Database#wakeups}) once this transaction is committed. */
    public void announce() {
        if (!announced) {
            changing();
            announced = true;
            dialect.announce(handle);
        }
    }

    boolean announced() {
        return announced;
    }

    /** Deals with what was collected: the last thing before the commit. */
    @SuppressWarnings("unchecked") // a collector's items are its own
    void finish() {
        Map<Collected<?>, List<Object>> all = new LinkedHashMap<>();
        for (Item<?> item : collected) {
            all.computeIfAbsent(item.collector(), any -> new ArrayList<>()).add(item.item());
        }
        all.forEach((collector, items) -> ((Collected<Object>) collector).finish(this, items));
    }

    /** Most parts change nothing: the place to go back to is marked when the first change comes. */
    private void changing() {
        if (inPart && !partChanged) {
            handle.savepoint(PART);
            partChanged = true;
        }
    }

    private void undo(int collectedBefore) {
        collected.subList(collectedBefore, collected.size()).clear();
        known.clear();
        if (partChanged) {
            handle.rollbackToSavepoint(PART);
        }
    }
}
