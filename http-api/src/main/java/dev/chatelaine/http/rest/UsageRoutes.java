package dev.chatelaine.http.rest;

import dev.chatelaine.http.server.Call;
import dev.chatelaine.http.server.Reply;
import dev.chatelaine.http.server.Route;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.usage.PoolQuota;
import dev.chatelaine.vault.usage.UsageGrouping;
import dev.chatelaine.vault.usage.UsageQuery;
import dev.chatelaine.vault.usage.UsageReport;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;

/** {@code /api/v1/usage}. */
final class UsageRoutes {
    private final Vault vault;
    private final Clock clock;
    private final Consumer<TenantId> settled;

    /** Usage of all requests that have ended when somebody asks for it. */
    UsageRoutes(Vault vault, Clock clock, Consumer<TenantId> settled) {
        this.vault = vault;
        this.clock = clock;
        this.settled = settled;
    }

    List<Route> routes() {
        return List.of(new Route("GET", "/api/v1/usage", this::report));
    }

    private Reply report(Call call) {
        Parameters query = Parameters.of(call, "from", "to", "group_by");
        String by = query.text("group_by");
        UsageQuery asked = UsageQuery.of(
                query.time("from"), query.time("to"), by == null ? null : UsageGrouping.of(by), clock.instant());
        settled.accept(call.actor().tenant());
        UsageReport report = vault.usage().report(call.actor(), asked);
        PoolQuota pool = vault.usage().quota(call.actor());
        return Reply.ok(UsageViews.report(report, pool));
    }
}
