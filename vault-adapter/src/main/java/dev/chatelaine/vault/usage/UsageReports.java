package dev.chatelaine.vault.usage;

import dev.chatelaine.vault.access.AccessPolicy;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Permission;
import dev.chatelaine.vault.crypto.Keyrings;
import dev.chatelaine.vault.provider.Plan;
import dev.chatelaine.vault.store.Database;
import dev.chatelaine.vault.tenant.Tenants;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** What a tenant's requests used. Needs {@code usage:read}. Safe for several threads. */
public final class UsageReports {
    private final Database database;
    private final Keyrings keyrings;
    private final AccessPolicy access;
    private final Tenants tenants;
    private final Clock clock;

    /** The reports of a vault. */
    public UsageReports(Database database, Keyrings keyrings, AccessPolicy access, Tenants tenants, Clock clock) {
        this.database = database;
        this.keyrings = keyrings;
        this.access = access;
        this.tenants = tenants;
        this.clock = clock;
    }

    /**
     * Adds up the usage of the actor's tenant.
     *
     * @throws dev.chatelaine.vault.VaultException {@code permission_denied}
     */
    public UsageReport report(Actor actor, UsageQuery query) {
        access.require(actor, Permission.USAGE_READ, "usage.read", "usage");
        return database.read(tx -> {
            UsageSums sums = new UsageSums(tx, actor.tenant(), query);
            UsageGrouping by = query.by();
            List<UsageGroup> groups = by == null ? List.of() : sums.groups(by, UsageReport.MOST_GROUPS + 1);
            boolean truncated = groups.size() > UsageReport.MOST_GROUPS;
            return new UsageReport(
                    query, truncated ? groups.subList(0, UsageReport.MOST_GROUPS) : groups, sums.whole(), truncated);
        });
    }

    /**
     * What the actor's tenant may use of the pool this month, and has.
     *
     * @throws dev.chatelaine.vault.VaultException {@code permission_denied}, {@code integrity_failed}
     */
    public PoolQuota quota(Actor actor) {
        access.require(actor, Permission.USAGE_READ, "usage.read", "quota");
        long now = clock.millis();
        YearMonth month = YearMonth.from(Instant.ofEpochMilli(now).atOffset(ZoneOffset.UTC));
        return database.read(tx -> {
            Plan plan = tenants.planOf(tx, actor.tenant());
            Optional<Meter> meter = MeterRow.find(tx, keyrings, actor.tenant(), ReservationRow.poolMeter(now));
            return new PoolQuota(
                    month,
                    plan.poolTokensPerMonth(),
                    meter.map(found -> found.used() + found.overrun()).orElse(0L),
                    meter.map(Meter::reserved).orElse(0L));
        });
    }
}
