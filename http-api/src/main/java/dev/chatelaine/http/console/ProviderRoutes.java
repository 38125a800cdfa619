package dev.chatelaine.http.console;

import dev.chatelaine.http.server.Call;
import dev.chatelaine.http.server.Reply;
import dev.chatelaine.http.server.Route;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.byok.ByokOverview;
import dev.chatelaine.vault.byok.ProviderOverview;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code /console/data/providers}: what is known of the tenant's provider keys, which is more than REST tells, and as
 * much as the tool does.
 */
final class ProviderRoutes {
    private final Vault vault;

    ProviderRoutes(Vault vault) {
        this.vault = vault;
    }

    List<Route> routes() {
        return List.of(new Route("GET", "/console/data/providers", this::list));
    }

    private Reply list(Call call) {
        call.bare();
        ByokOverview overview = vault.byok().overview(call.actor());
        return Reply.ok(Map.of(
                "plan",
                overview.plan().name(),
                "byok_available",
                overview.plan().byok(),
                "providers",
                overview.providers().stream().map(ProviderRoutes::view).toList()));
    }

    private static Map<String, @Nullable Object> view(ProviderOverview one) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("provider", one.provider().id().value());
        view.put("display_name", one.provider().displayName());
        view.put("configured", one.configured());
        view.put("source", one.source().label());
        view.put("secret_name", one.provider().secretName());
        view.put("hint", one.hint());
        view.put("status", one.status() == null ? null : one.status().label());
        view.put("last_verified_at", time(one.lastVerifiedAt()));
        view.put("last_used_at", time(one.lastUsedAt()));
        view.put("key_format", one.provider().keyFormat().shown());
        view.put(
                "keys_url",
                one.provider().keysUrl() == null
                        ? null
                        : one.provider().keysUrl().toString());
        return view;
    }

    private static @Nullable String time(@Nullable Instant moment) {
        return moment == null ? null : moment.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
