package dev.chatelaine.vault.usage;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.crypto.Keyrings;
import dev.chatelaine.vault.provider.Plan;
import dev.chatelaine.vault.store.Transaction;
import dev.chatelaine.vault.tenant.Tenants;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger of one tenant in one transaction. Several acts may follow each other in it: one that is refused has changed
 * nothing, because all that may refuse it comes before its first change.
 */
final class Bookkeeping {
    private static final Logger LOG = LoggerFactory.getLogger(Bookkeeping.class);

    private final Transaction tx;
    private final Tenants tenants;
    private final TenantId tenant;
    private final MeterBook meters;
    private final RequestBook requests;
    private final long now;

    Bookkeeping(Transaction tx, Keyrings keyrings, Tenants tenants, TenantId tenant, long now) {
        this.tx = tx;
        this.tenants = tenants;
        this.tenant = tenant;
        this.meters = new MeterBook(tx, keyrings, tenant);
        this.requests = new RequestBook(tx, keyrings, tenant);
        this.now = now;
    }

    /** Looks requests up, before an act that is about one of them. */
    void lookUp(Collection<String> ids) {
        requests.lookUp(ids);
    }

    /** Reserves; what is opened along is opened once nothing else can refuse the reservation any more. */
    <T> Reserved<T> reserve(ReservationRow row, Function<Transaction, T> opening) {
        if (requests.isTaken(row.id())) {
            throw taken(row.id());
        }
        Draft draft = new Draft(meters);
        draft.reserve(row, this::plan, now);
        T opened = tx.part(() -> opening.apply(tx));
        draft.commit();
        requests.put(row);
        return new Reserved<>(row.reservation(), opened);
    }

    <T> Reserved<T> exchange(String id, Quote quote, long until, Function<Transaction, T> opening) {
        ReservationRow row = requests.find(id).orElseThrow(() -> over(id));
        ReservationRow exchanged = row.with(quote, until);
        Draft draft = new Draft(meters);
        giveBack(draft, row);
        draft.reserve(exchanged, this::plan, now);
        T opened = tx.part(() -> opening.apply(tx));
        draft.commit();
        requests.erase(id);
        requests.put(exchanged);
        return new Reserved<>(exchanged.reservation(), opened);
    }

    Settlement settle(String id, Outcome outcome) {
        Optional<ReservationRow> held = requests.find(id);
        if (held.isEmpty()) {
            UsageRecord record = requests.record(id).orElseThrow(() -> over(id));
            return new Settlement(record, false, 0);
        }
        requests.remove(id);
        return settle(held.get(), record(held.get(), outcome));
    }

    boolean release(String id) {
        Optional<ReservationRow> held = requests.find(id);
        held.ifPresent(row -> {
            Draft draft = new Draft(meters);
            giveBack(draft, row);
            draft.commit();
            requests.erase(id);
            requests.remove(id);
        });
        return held.isPresent();
    }

    UsageRecord write(UsageRecord record) {
        if (requests.isOthers(record.id())) {
            throw taken(record.id());
        }
        requests.write(record);
        return record;
    }

    /**
     * Forgets what was swept long ago and settles what is overdue with its worst case, at most so many; answers how many
     * there were.
     */
    int sweep(int most) {
        ReservationRow.forget(tx, tenant, now - Ledger.CORRECTED.toMillis());
        List<ReservationRow.Stored> overdue = ReservationRow.overdue(tx, tenant, now, most);
        overdue.forEach(this::sweep);
        return overdue.size();
    }

    /** Writes down what has changed. */
    void close() {
        requests.save();
        meters.save();
    }

    private void sweep(ReservationRow.Stored stored) {
        ReservationRow row = stored.row();
        if (requests.hold(stored)) {
            settle(row, abandoned(row));
            requests.put(row.asSwept());
            return;
        }
        ReservationRow.delete(tx, List.of(row.id()));
        LOG.atWarn()
                .addKeyValue("tenant", tenant)
                .addKeyValue("request", row.id())
                .log("a reservation that was changed or planted is forgotten");
    }

    private Settlement settle(ReservationRow row, UsageRecord record) {
        Draft draft = new Draft(meters);
        if (row.swept()) {
            draft.unsettle(row);
        }
        Long cost = record.microUsd();
        long overrun = draft.settle(
                row, cost == null ? 0 : cost, Math.min(record.tokens().whole(), Ledger.MOST));
        draft.commit();
        requests.write(record);
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
