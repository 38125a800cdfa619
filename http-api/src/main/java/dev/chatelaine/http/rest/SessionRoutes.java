package dev.chatelaine.http.rest;

import dev.chatelaine.http.json.FieldNames;
import dev.chatelaine.http.server.Call;
import dev.chatelaine.http.server.Reply;
import dev.chatelaine.http.server.Route;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.session.SessionQuery;
import dev.chatelaine.vault.session.SessionStatus;
import dev.chatelaine.vault.session.StartedSession;
import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code /v1/sessions}, for those who start and stop them. What runs in them has {@link RuntimeRoutes}. */
final class SessionRoutes {
    static final String ALL = "/v1/sessions";
    static final String ONE = ALL + "/{id}";

    private static final long NO_TAG = 0;

    private final Vault vault;
    private final Supplier<URI> publicUrl;

    SessionRoutes(Vault vault, Supplier<URI> publicUrl) {
        this.vault = vault;
        this.publicUrl = publicUrl;
    }

    List<Route> routes() {
        return List.of(
                new Route("POST", ALL, this::start),
                new Route("GET", ALL, this::list),
                new Route("GET", ONE, this::get),
                new Route("POST", ONE + "/stop", this::stop),
                new Route("POST", ONE + "/resume", this::resume));
    }

    private Reply start(Call call) {
        call.query(Set.of());
        call.expected().check(NO_TAG);
        return Reply.created(started(vault.sessions().start(call.actor(), NewSessionBody.of(call))));
    }

    private Reply list(Call call) {
        Parameters query = Parameters.of(call, "status", "limit", "cursor");
        SessionQuery asked = new SessionQuery(
                status(query.text("status")), query.number("limit", SessionQuery.DEFAULT_LIMIT), query.text("cursor"));
        return Reply.ok(SessionViews.page(vault.sessions().list(call.actor(), asked)));
    }

    private Reply get(Call call) {
        call.bare();
        return Reply.ok(SessionViews.session(vault.sessions().get(call.actor(), call.path("id"))));
    }

    private Reply stop(Call call) {
        call.bare();
        call.expected().check(NO_TAG);
        return Reply.ok(SessionViews.session(vault.sessions().stop(call.actor(), call.path("id"))));
    }

    private Reply resume(Call call) {
        call.bare();
        call.expected().check(NO_TAG);
        return Reply.ok(started(vault.sessions().resume(call.actor(), call.path("id"))));
    }

    private Map<String, Object> started(StartedSession started) {
        String path = "/v1/sessions/" + started.session().id();
        Map<String, Object> runtime = new LinkedHashMap<>();
        runtime.put("token", started.token());
        runtime.put("expires_at", Times.text(started.expiresAt()));
        runtime.put("env_url", publicUrl.get() + path + "/env");
        runtime.put("events_url", socket(publicUrl.get()) + path + "/events");
        Map<String, Object> view = SessionViews.session(started.session());
        view.put("runtime", runtime);
        return view;
    }

    /** {@code http} becomes {@code ws}, and {@code https} {@code wss}. */
    private static String socket(URI url) {
        return url.toString().replaceFirst("^http", "ws");
    }

    private static @Nullable SessionStatus status(@Nullable String given) {
        if (given == null) {
            return null;
        }
        return Arrays.stream(SessionStatus.values())
                .filter(status -> status.label().equals(given))
                .findFirst()
                .orElseThrow(() -> FieldNames.refused("status", "This is running or stopped."));
    }
}
