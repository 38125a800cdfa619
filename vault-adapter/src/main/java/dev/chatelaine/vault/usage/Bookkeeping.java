package dev.chatelaine.vault.usage;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.crypto.Keyrings;
import dev.chatelaine.vault.provider.Plan;
import dev.chatelaine.vault.store.Transaction;
import dev.chatelaine.vault.tenant.Tenants;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger of one tenant in one transaction. Several acts may follow each other in it: one that is refused has changed
 * nothing.
 */
final class Bookkeeping {
    private static final Logger LOG = LoggerFactory.getLogger(Bookkeeping.class);

    private final Transaction tx;
    private final Keyrings keyrings;
    private final Tenants tenants;
    private final TenantId tenant;
    private final MeterBook book;
    private final long now;

    Bookkeeping(Transaction tx, Keyrings keyrings, Tenants tenants, TenantId tenant, long now) {
        this.tx = tx;
        this.keyrings = keyrings;
        this.tenants = tenants;
        this.tenant = tenant;
        this.book = new MeterBook(tx, keyrings, tenant);
        this.now = now;
    }

    Transaction transaction() {
        return tx;
    }

    /** Reserves; what is opened along is opened once nothing can refuse the reservation any more. */
    <T> Reserved<T> reserve(ReservationRow row, Supplier<T> opening) {
        if (find(row.id()).isPresent() || UsageRow.find(tx, tenant, row.id()).isPresent()) {
            throw taken(row.id());
        }
        Draft draft = new Draft(book);
        draft.reserve(row, this::plan, now);
        T opened = opening.get();
        draft.commit();
        row.insert(tx, keyrings);
        return new Reserved<>(row.reservation(), opened);
    }

    <T> Reserved<T> exchange(String id, Quote quote, long until, Supplier<T> opening) {
        ReservationRow row = find(id).orElseThrow(() -> over(id));
        ReservationRow changed = row.with(quote, until);
        Draft draft = new Draft(book);
        giveBack(draft, row);
        draft.reserve(changed, this::plan, now);
        T opened = opening.get();
        draft.commit();
        row.delete(tx);
        UsageRow.delete(tx, tenant, id);
        changed.insert(tx, keyrings);
        return new Reserved<>(changed.reservation(), opened);
    }

    Settlement settle(String id, Outcome outcome) {
        Optional<ReservationRow> held = find(id);
        if (held.isEmpty()) {
            UsageRecord record = UsageRow.find(tx, tenant, id).orElseThrow(() -> over(id));
            return new Settlement(record, false, 0);
        }
        ReservationRow row = held.get();
        Settlement settlement = settle(row, record(row, outcome));
        row.delete(tx);
        return settlement;
    }

    boolean release(String id) {
        Optional<ReservationRow> held = find(id);
        held.ifPresent(row -> {
            Draft draft = new Draft(book);
            giveBack(draft, row);
            draft.commit();
            row.delete(tx);
            UsageRow.delete(tx, tenant, id);
        });
        return held.isPresent();
    }

    void write(UsageRecord record) {
        UsageRow.put(tx, record);
    }

    /** Settles what is overdue with its worst case, at most so many, and answers how many there were. */
    int sweep(int most) {
        List<ReservationRow.Stored> overdue = ReservationRow.overdue(tx, tenant, now, most);
        overdue.forEach(this::sweep);
        return overdue.size();
    }

    /** Writes the meters. */
    void close() {
        book.save();
    }

    private void sweep(ReservationRow.Stored stored) {
        ReservationRow row = stored.row();
        row.delete(tx);
        if (!stored.isAuthentic(tx, keyrings)) {
            LOG.atWarn()
                    .addKeyValue("tenant", tenant)
                    .addKeyValue("request", row.id())
                    .log("a reservation that was changed or planted is forgotten");
            return;
        }
        settle(row, abandoned(row));
        row.asSwept().insert(tx, keyrings);
    }

    private Settlement settle(ReservationRow row, UsageRecord record) {
        Draft draft = new Draft(book);
        if (row.swept()) {
            draft.unsettle(row);
        }
        Long cost = record.microUsd();
        long overrun = draft.settle(
                row, cost == null ? 0 : cost, Math.min(record.tokens().whole(), Ledger.MOST));
        draft.commit();
        UsageRow.put(tx, record);
        if (overrun > 0) {
            LOG.atWarn()
                    .addKeyValue("tenant", tenant)
                    .addKeyValue("request", row.id())
                    .addKeyValue("micro_usd", overrun)
                    .log("a request cost more than was reserved, and its key's cap has no room for it");
        }
        return new Settlement(record, true, overrun);
    }

    private static void giveBack(Draft draft, ReservationRow row) {
        if (row.swept()) {
            draft.unsettle(row);
        }
        draft.release(row);
    }

    private static UsageRecord record(ReservationRow row, Outcome outcome) {
        Quote quote = row.quote();
        boolean unknown = outcome.microUsd() == null && quote.microUsd() != null;
        return new UsageRecord(
                row.id(),
                row.tenant(),
                Instant.ofEpochMilli(row.begunAt()),
                row.keyId(),
                quote.configuration(),
                quote.provider(),
                quote.model(),
                quote.credential(),
                outcome.status(),
                outcome.attempts(),
                outcome.tokens(),
                unknown ? quote.microUsd() : outcome.microUsd(),
                outcome.latencyMillis(),
                outcome.firstByteMillis(),
                outcome.streamed(),
                outcome.estimated() || unknown);
    }

    /** What is written of a request that nobody came back from. */
    private static UsageRecord abandoned(ReservationRow row) {
        Quote quote = row.quote();
        return new UsageRecord(
                row.id(),
                row.tenant(),
                Instant.ofEpochMilli(row.begunAt()),
                row.keyId(),
                quote.configuration(),
                quote.provider(),
                quote.model(),
                quote.credential(),
                Ledger.NOBODY_TOLD,
                1,
                quote.worst(),
                quote.microUsd(),
                null,
                null,
                false,
                true);
    }

    private Optional<ReservationRow> find(String id) {
        return ReservationRow.find(tx, keyrings, tenant, id);
    }

    private Plan plan() {
        return tenants.planOf(tx, tenant);
    }

    private static VaultException taken(String id) {
        return new VaultException(ErrorCode.CONFLICT, "The request {} has a reservation already.", id);
    }

    private static VaultException over(String id) {
        return new VaultException(
                ErrorCode.CONFLICT, "There is no reservation for the request {}: it was released, or never made.", id);
    }
}
