package dev.chatelaine.vault.tenant;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.audit.AuditLog;
import dev.chatelaine.vault.crypto.Keyrings;
import dev.chatelaine.vault.provider.Catalog;
import dev.chatelaine.vault.provider.Plan;
import dev.chatelaine.vault.store.Database;
import dev.chatelaine.vault.store.Scope;
import dev.chatelaine.vault.store.Transaction;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The tenants and their plans. The operator's: whoever can open the vault may call it. Safe for several threads.
 */
public final class Tenants {
    private final Database database;
    private final Keyrings keyrings;
    private final AuditLog audit;
    private final Catalog catalog;
    private final Clock clock;

    /** What a transaction knows a plan by. */
    private record PlanOf(Tenants tenants, TenantId tenant) {}

    /** The tenants of a vault, whose plans are in this catalogue. */
    public Tenants(Database database, Keyrings keyrings, AuditLog audit, Catalog catalog, Clock clock) {
        this.database = database;
        this.keyrings = keyrings;
        this.audit = audit;
        this.catalog = catalog;
        this.clock = clock;
    }

    /**
     * Makes a tenant with keys of its own; the event goes to the new tenant's audit.
     *
     * @throws VaultException {@code tenant_exists}, {@code plan_unknown}
     */
    public Tenant create(Actor operator, TenantId id, String plan) {
        refuseReserved(id);
        String known = knownPlan(plan).name();
        return database.write(Scope.tenant(id), () -> taken(id), tx -> {
            if (find(tx, id).isPresent()) {
                throw taken(id);
            }
            return insert(tx, operator, id, known);
        });
    }

    /**
     * A tenant.
     *
     * @throws VaultException {@code tenant_not_found}
     */
    public Tenant get(TenantId id) {
        return database.read(tx -> find(tx, id)).orElseThrow(() -> unknown(id));
    }

    /** Whether there is such a tenant. */
    public boolean exists(TenantId id) {
        return database.read(tx -> find(tx, id)).isPresent();
    }

    /** The tenant, which is made with this plan if it is not there. */
    public Tenant ensure(Actor operator, String plan) {
        TenantId id = operator.tenant();
        refuseReserved(id);
        Optional<Tenant> present = database.read(tx -> find(tx, id));
        String known = knownPlan(plan).name();
        return present.orElseGet(() ->
                database.write(Scope.tenant(id), tx -> find(tx, id).orElseGet(() -> insert(tx, operator, id, known))));
    }

    /**
     * Gives a tenant another plan; what it already stored stays.
     *
     * @throws VaultException {@code tenant_not_found}, {@code plan_unknown}
     */
    public Tenant changePlan(Actor operator, TenantId id, String plan) {
        String known = knownPlan(plan).name();
        return database.write(Scope.tenant(id), tx -> {
            Tenant present = find(tx, id).orElseThrow(() -> unknown(id));
            tx.forget(new PlanOf(this, id));
            tx.update("UPDATE tenants SET plan = :plan WHERE tenant = :tenant")
                    .bind("plan", known)
                    .bind("tenant", id.value())
                    .execute();
            audit.append(tx, operator.in(id), "tenant.plan", known);
            return new Tenant(id, known, present.createdAt());
        });
    }

    /** All tenants by name. */
    public List<Tenant> list() {
        return database.read(tx -> tx.query(
                        "SELECT tenant, plan, created_at FROM tenants WHERE tenant <> :pool ORDER BY tenant")
                .bind("pool", TenantId.POOL.value())
                .map((row, context) -> new Tenant(
                        new TenantId(row.getString(1)), row.getString(2), Instant.ofEpochMilli(row.getLong(3))))
                .list());
    }

    /**
     * A tenant's plan.
     *
     * @throws VaultException {@code tenant_not_found}; {@code plan_unknown} when the catalogue no longer has it
     */
    public Plan planOf(Transaction tx, TenantId id) {
        return tx.once(
                new PlanOf(this, id),
                () -> knownPlan(find(tx, id).orElseThrow(() -> unknown(id)).plan()));
    }

    /**
     * Makes the keys of the platform's own tenant, where they are not there yet. It has no plan and no audit: what is
     * done with it is an event of whoever does it.
     */
    public void ensurePool(Transaction tx) {
        if (row(tx, TenantId.POOL).isEmpty()) {
            tx.update("INSERT INTO tenants (tenant, plan, created_at) VALUES (:tenant, '-', :created)")
                    .bind("tenant", TenantId.POOL.value())
                    .bind("created", clock.millis())
                    .execute();
            keyrings.create(tx, TenantId.POOL);
        }
    }

    private Tenant insert(Transaction tx, Actor operator, TenantId id, String plan) {
        Tenant tenant = new Tenant(id, plan, Instant.ofEpochMilli(clock.millis()));
        tx.update("INSERT INTO tenants (tenant, plan, created_at) VALUES (:tenant, :plan, :created)")
                .bind("tenant", id.value())
                .bind("plan", plan)
                .bind("created", tenant.createdAt().toEpochMilli())
                .execute();
        keyrings.create(tx, id);
        audit.begin(tx, operator.in(id), "tenant.create", plan);
        return tenant;
    }

    private static Optional<Tenant> find(Transaction tx, TenantId id) {
        return id.isReserved() ? Optional.empty() : row(tx, id);
    }

    private static Optional<Tenant> row(Transaction tx, TenantId id) {
        return tx.direct()
                .first(
                        "SELECT plan, created_at FROM tenants WHERE tenant = ?",
                        row -> new Tenant(id, row.getString(1), Instant.ofEpochMilli(row.getLong(2))),
                        id.value());
    }

    private static void refuseReserved(TenantId id) {
        if (id.isReserved()) {
            throw new VaultException(
                            ErrorCode.INVALID_NAME, "The name {} is the platform's own. Choose another name.", id)
                    .withField("tenant");
        }
    }

    private Plan knownPlan(String plan) {
        return catalog.plan(plan)
                .orElseThrow(() -> new VaultException(
                        ErrorCode.PLAN_UNKNOWN,
                        "There is no such plan. The plans are {}.",
                        catalog.plans().stream().map(Plan::name).collect(Collectors.joining(", "))));
    }

    private static VaultException unknown(TenantId id) {
        return new VaultException(ErrorCode.TENANT_NOT_FOUND, "There is no tenant {}.", id)
                .withNext("chatelaine tenant create " + id);
    }

    private static VaultException taken(TenantId id) {
        return new VaultException(ErrorCode.TENANT_EXISTS, "There is a tenant {} already. Choose another name.", id);
    }
}
