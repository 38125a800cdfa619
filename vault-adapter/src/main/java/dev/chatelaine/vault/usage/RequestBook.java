package dev.chatelaine.vault.usage;

import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.crypto.Keyrings;
import dev.chatelaine.vault.crypto.TenantKeyring;
import dev.chatelaine.vault.store.Transaction;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A tenant's requests in one transaction, their reservations and their records: those that were looked up are read
 * together, and what became of them is written together.
 */
final class RequestBook {
    private final Transaction tx;
    private final TenantKeyring keyring;
    private final TenantId tenant;
    private final Map<String, ReservationRow> held = new HashMap<>();
    private final Set<String> heldOnDisk = new HashSet<>();
    private final Set<String> changed = new LinkedHashSet<>();
    private final Set<String> recorded = new HashSet<>();
    private final Map<String, UsageRecord> written = new LinkedHashMap<>();
    private final Set<String> erased = new LinkedHashSet<>();
    private final Set<String> others = new HashSet<>();

    RequestBook(Transaction tx, Keyrings keyrings, TenantId tenant) {
        this.tx = tx;
        this.keyring = keyrings.of(tx, tenant);
        this.tenant = tenant;
    }

    /** Looks requests up, before anything is asked about them. */
    void lookUp(Collection<String> ids) {
        ReservationRow.find(tx, ids).forEach(this::hold);
        UsageRow.tenants(tx, ids).forEach((id, whose) -> (whose.equals(tenant) ? recorded : others).add(id));
    }

    /** Takes over what is reserved for a request, and answers whether it is as the tenant's keys made it. */
    boolean hold(ReservationRow.Stored stored) {
        ReservationRow row = stored.row();
        boolean own = row.tenant().equals(tenant) && stored.isAuthentic(keyring);
        if (own) {
            held.put(row.id(), row);
            heldOnDisk.add(row.id());
        } else {
            others.add(row.id());
        }
        return own;
    }

    /** What a request holds; a reservation that the tenant's keys did not make is none. */
    Optional<ReservationRow> find(String id) {
        return Optional.ofNullable(held.get(id));
    }

    /** Whether an id is a request's already, whoever's and in whatever state. */
    boolean isTaken(String id) {
        return held.containsKey(id) || recorded.contains(id) || isOthers(id);
    }

    /** Whether what is written under an id is not the tenant's. */
    boolean isOthers(String id) {
        return others.contains(id);
    }

    /** The record of a request that is over. */
    Optional<UsageRecord> record(String id) {
        return Optional.ofNullable(written.get(id))
                .or(() -> recorded.contains(id) ? UsageRow.find(tx, tenant, id) : Optional.empty());
    }

    /** Puts a reservation in the place of the one that the request has, if it has one. */
    void put(ReservationRow row) {
        held.put(row.id(), row);
        changed.add(row.id());
    }

    /** Forgets what a request holds. */
    void remove(String id) {
        held.remove(id);
        changed.add(id);
    }

    /** Writes the record of a request, in place of the one that it has, if it has one. */
    void write(UsageRecord record) {
        written.put(record.id(), record);
        recorded.add(record.id());
    }

    /** Takes the record of a request back. */
    void erase(String id) {
        written.remove(id);
        if (recorded.remove(id)) {
            erased.add(id);
        }
    }

    /** Writes all of it down. */
    void save() {
        ReservationRow.delete(tx, changed.stream().filter(heldOnDisk::contains).toList());
        ReservationRow.insert(
                tx,
                keyring,
                changed.stream()
                        .flatMap(id -> Optional.ofNullable(held.get(id)).stream())
                        .toList());
        UsageRow.delete(tx, tenant, List.copyOf(erased));
        UsageRow.put(tx, written.values());
    }
}
