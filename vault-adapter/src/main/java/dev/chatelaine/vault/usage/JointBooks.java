package dev.chatelaine.vault.usage;

import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.crypto.Keyrings;
import dev.chatelaine.vault.store.Database;
import dev.chatelaine.vault.store.GroupCommit;
import dev.chatelaine.vault.store.Scope;
import dev.chatelaine.vault.tenant.Tenants;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * Tenants' books. Entries in one tenant's take turns; those that come together are made in one transaction, in which one
 * that is refused changes nothing and is nobody else's concern. Where the database fails, all of them have. Safe for
 * several threads.
 */
final class JointBooks {
    private static final int MOST_AT_ONCE = 64;

    private final Database database;
    private final Keyrings keyrings;
    private final Tenants tenants;
    private final Clock clock;
    private final GroupCommit<TenantId, Entry<?>, Entry<?>> groups = new GroupCommit<>(MOST_AT_ONCE, this::make);

    JointBooks(Database database, Keyrings keyrings, Tenants tenants, Clock clock) {
        this.database = database;
        this.keyrings = keyrings;
        this.tenants = tenants;
        this.clock = clock;
    }

    /**
     * Makes an entry, with those that come meanwhile.
     *
     * @param ids the requests that it is about
     * @param act makes it; called again where the database undid the transaction
     */
    <T> T together(TenantId tenant, Collection<String> ids, Function<Bookkeeping, T> act) {
        Entry<T> entry = new Entry<>(ids, act);
        groups.call(tenant, entry);
        return entry.result();
    }

    /** Makes an entry about whatever it finds by itself, because it would have others wait. */
    <T> T alone(TenantId tenant, Function<Bookkeeping, T> act) {
        return write(tenant, act);
    }

    int waiting(TenantId tenant) {
        return groups.waiting(tenant);
    }

    private List<Entry<?>> make(TenantId tenant, List<Entry<?>> entries) {
        return write(tenant, books -> {
            books.lookUp(entries.stream().flatMap(entry -> entry.ids.stream()).collect(Collectors.toSet()));
            entries.forEach(entry -> entry.make(books));
            return entries;
        });
    }

    private <T> T write(TenantId tenant, Function<Bookkeeping, T> acts) {
        return database.write(Scope.tenant(tenant), tx -> {
            Bookkeeping books = new Bookkeeping(tx, keyrings, tenants, tenant, clock.millis());
            T result = acts.apply(books);
            books.close();
            return result;
        });
    }

    private static final class Entry<T> {
        private final Collection<String> ids;
        private final Function<Bookkeeping, T> act;
        private @Nullable T result;
        private @Nullable RuntimeException refusal;

        Entry(Collection<String> ids, Function<Bookkeeping, T> act) {
            this.ids = ids;
            this.act = act;
        }

        void make(Bookkeeping books) {
            result = null;
            refusal = null;
            try {
                result = act.apply(books);
            } catch (JdbiException e) {
                throw e;
            } catch (RuntimeException e) {
                refusal = e;
            }
        }

        T result() {
            if (refusal != null) {
                throw refusal;
            }
            return Objects.requireNonNull(result, "an entry that is not refused has a result");
        }
    }
}
