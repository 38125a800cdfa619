package dev.chatelaine.http.rest;

import dev.chatelaine.http.server.Call;
import dev.chatelaine.http.server.Reply;
import dev.chatelaine.http.server.Route;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.audit.AuditEvent;
import dev.chatelaine.vault.audit.AuditPage;
import dev.chatelaine.vault.audit.AuditQuery;
import dev.chatelaine.vault.byok.ProviderOverview;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What there is to know of a tenant as a whole: its provider keys and its audit. */
final class TenantRoutes {
    private final Vault vault;

    TenantRoutes(Vault vault) {
        this.vault = vault;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", "/api/v1/tenant/byok-providers", this::providers),
                new Route("GET", "/api/v1/audit", this::audit));
    }

    private Reply providers(Call call) {
        call.bare();
        Map<String, Boolean> configured = new LinkedHashMap<>();
        for (ProviderOverview provider : vault.byok().overview(call.actor()).providers()) {
            configured.put(provider.provider().id().value(), provider.configured());
        }
        return Reply.ok(Map.of("providers", configured));
    }

    private Reply audit(Call call) {
        Parameters query = Parameters.of(call, "actor", "action", "target", "from", "to", "limit", "cursor");
        AuditPage page = vault.audit()
                .events(
                        call.actor(),
                        new AuditQuery(
                                query.text("actor"),
                                query.text("action"),
                                query.text("target"),
                                query.time("from"),
                                query.time("to"),
                                query.number("limit", AuditQuery.DEFAULT_LIMIT),
                                query.text("cursor")));
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("events", page.events().stream().map(TenantRoutes::event).toList());
        if (page.nextCursor() != null) {
            view.put("next_cursor", page.nextCursor());
        }
        return Reply.ok(view);
    }

    private static Map<String, Object> event(AuditEvent event) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("sequence", event.sequence());
        view.put("at", Times.text(event.at()));
        view.put("actor", event.subject());
        view.put("channel", event.channel());
        view.put("client", event.client());
        view.put("action", event.action());
        view.put("target", event.target());
        view.put("outcome", event.outcome().label());
        return view;
    }
}
