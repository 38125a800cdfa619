package dev.chatelaine.vault.audit;

import dev.chatelaine.vault.access.AccessPolicy;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Denials;
import dev.chatelaine.vault.access.Permission;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.crypto.Keyrings;
import dev.chatelaine.vault.crypto.TenantKeyring;
import dev.chatelaine.vault.store.Database;
import dev.chatelaine.vault.store.Scope;
import dev.chatelaine.vault.store.Transaction;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes events and proves that they are all there. An event's code is an HMAC over the event and the code before it;
 * a record of the chain's end, authenticated too, makes a missing last event be missed. Safe for several threads.
 */
public final class AuditLog implements Denials {
    private final Database database;
    private final Keyrings keyrings;
    private final Clock clock;

    /** The log of a vault. */
    public AuditLog(Database database, Keyrings keyrings, Clock clock) {
        this.database = database;
        this.keyrings = keyrings;
        this.clock = clock;
    }

    /** Begins the chain of the actor's new tenant with its first event, in the transaction that makes the tenant. */
    public void begin(Transaction tx, Actor actor, String action, String target) {
        append(tx, actor, action, target, Outcome.DONE, ChainHead.START);
    }

    /**
     * Adds an event to the actor's tenant's chain, in the transaction of what it tells of, whose scope covers that
     * tenant.
     */
    public void append(Transaction tx, Actor actor, String action, String target) {
        append(tx, actor, action, target, Outcome.DONE, head(tx, actor.tenant()));
    }

    /**
     * Adds an event for each act, in their order, as {@link #append(Transaction, Actor, String, String)} does for one;
     * nothing where there is none.
     *
     * @param acts of actors of one tenant
     */
    public void append(Transaction tx, List<Act> acts) {
        if (!acts.isEmpty()) {
            append(tx, acts, Outcome.DONE, head(tx, acts.get(0).actor().tenant()));
        }
    }

    /**
     * Adds an event at the end of the unit of work, with all others that are left for then: where many things are done in
     * one, that is cheaper than one by one.
     */
    public void appendAtEnd(Transaction tx, Actor actor, String action, String target) {
        requireScope(tx, actor.tenant());
        tx.collect(new Later(this, actor.tenant()), new Act(actor, action, target));
    }

    private record Later(AuditLog log, TenantId tenant) implements Transaction.Collected<Act> {
        @Override
        public void finish(Transaction tx, List<Act> acts) {
            log.append(tx, acts);
        }
    }

    @Override
    public void record(Actor actor, String action, String target) {
        database.write(Scope.tenant(actor.tenant()), tx -> {
            append(tx, actor, action, target, Outcome.DENIED, head(tx, actor.tenant()));
            return null;
        });
    }

    /**
     * A page of the actor's tenant's events.
     *
     * @throws dev.chatelaine.vault.VaultException {@code permission_denied} without {@code audit:read}; {@code
     *     invalid_field} for a cursor that no page gave
     */
    public AuditPage events(Actor actor, AuditQuery query) {
        new AccessPolicy(this).require(actor, Permission.AUDIT_READ, "audit.read", "audit");
        long before = query.before();
        return database.read(tx -> AuditPage.of(AuditRow.page(tx, actor.tenant(), query, before), query.limit()));
    }

    /** Checks a tenant's whole chain against its keys. */
    public AuditVerification verify(TenantId tenant) {
        return database.read(tx -> {
            ChainCheck check = new ChainCheck(tenant, keyrings.of(tx, tenant));
            AuditRow.forEach(tx, tenant, check::next);
            return check.end(ChainHead.find(tx, tenant));
        });
    }

    /**
     * Where the next event is chained. At a chain that was cut or whose end was forged, it is chained to nothing that
     * verifies, and so the damage is found for good instead of being covered by what is written next.
     */
    private ChainHead head(Transaction tx, TenantId tenant) {
        return ChainHead.findForUpdate(tx, tenant)
                .filter(head -> head.isAuthentic(keyrings.of(tx, tenant)))
                .orElseGet(() -> ChainHead.broken(tx, tenant));
    }

    private void append(Transaction tx, Actor actor, String action, String target, Outcome outcome, ChainHead head) {
        append(tx, List.of(new Act(actor, action, target)), outcome, head);
    }

    private void append(Transaction tx, List<Act> acts, Outcome outcome, ChainHead head) {
        TenantId tenant = acts.get(0).actor().tenant();
        requireScope(tx, tenant);
        TenantKeyring keyring = keyrings.of(tx, tenant);
        List<@Nullable Object[]> rows = new ArrayList<>(acts.size());
        ChainHead end = head;
        for (Act act : acts) {
            AuditEvent event = act.event(tenant, end.sequence() + 1, clock.instant(), outcome);
            byte[] mac = keyring.authenticate(event.fields(end.lastMac()));
            rows.add(AuditRow.values(event, mac));
            end = ChainHead.after(event, HexFormat.of().formatHex(mac));
        }
        AuditRow.insert(tx, rows);
        end.signed(keyring).save(tx);
    }

    private static void requireScope(Transaction tx, TenantId tenant) {
        if (!tx.covers(tenant)) {
            throw new IllegalStateException("the unit of work did not name the tenant whose audit it writes");
        }
    }
}
