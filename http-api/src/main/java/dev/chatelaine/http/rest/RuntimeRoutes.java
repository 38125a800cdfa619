package dev.chatelaine.http.rest;

import dev.chatelaine.http.json.FieldNames;
import dev.chatelaine.http.json.Json;
import dev.chatelaine.http.problem.HttpProblem;
import dev.chatelaine.http.problem.Problem;
import dev.chatelaine.http.server.Call;
import dev.chatelaine.http.server.CallerRefusedException;
import dev.chatelaine.http.server.Reply;
import dev.chatelaine.http.server.Route;
import dev.chatelaine.http.session.SessionEvents;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.crypto.RevealsSecret;
import dev.chatelaine.vault.session.Injection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code /v1/sessions/{id}/env} and {@code /events}, for what runs in a session: whoever shows the session's own token,
 * and nobody else.
 */
final class RuntimeRoutes {
    private static final Pattern REVISION = Pattern.compile("0|[1-9][0-9]{0,17}");
    private static final String CHALLENGE = "Bearer realm=\"session\"";
    private static final String INVALID = CHALLENGE
            + ", error=\"invalid_token\", error_description=\"The token is not this session's, or is no longer\"";

    private final Vault vault;
    private final SessionEvents events;
    private final Json json = new Json();

    RuntimeRoutes(Vault vault, SessionEvents events) {
        this.vault = vault;
        this.events = events;
    }

    List<Route> routes() {
        return List.of(
                Route.bearer("GET", SessionRoutes.ONE + "/env", this::environment),
                Route.bearer("GET", SessionRoutes.ONE + "/events", this::events));
    }

    private Reply environment(Call call) {
        String token = token(call);
        call.bare();
        return vault.sessionRuntimes()
                .environment(call.path("id"), token)
                .map(this::injected)
                .orElseThrow(RuntimeRoutes::notThisSessions);
    }

    private Reply events(Call call) {
        String token = token(call);
        Optional<Long> known = revision(Parameters.of(call, "revision").text("revision"));
        return events.source(call.path("id"), token, known)
                .map(Reply::socket)
                .orElseThrow(RuntimeRoutes::notThisSessions);
    }

    /** Written out at once: no object that could be logged holds the values. */
    @RevealsSecret(RevealsSecret.Place.SESSION_INJECTION)
    private Reply injected(Injection injection) {
        Map<String, String> values = new LinkedHashMap<>();
        injection.values().forEach((key, value) -> values.put(key.value(), value.reveal()));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("revision", injection.revision());
        document.put("llm", SessionViews.model(injection.llm()));
        document.put("values", values);
        return Reply.bytes("application/json", json.write(document));
    }

    private static String token(Call call) {
        return call.bearer()
                .orElseThrow(() -> new CallerRefusedException(
                        problem("token_missing", "Show the session's runtime token as a bearer token."), CHALLENGE));
    }

    private static Optional<Long> revision(@Nullable String given) {
        if (given != null && !REVISION.matcher(given).matches()) {
            throw FieldNames.refused("revision", "This is a whole number, as a frame gave it.");
        }
        return Optional.ofNullable(given).map(Long::valueOf);
    }

    private static CallerRefusedException notThisSessions() {
        return new CallerRefusedException(
                problem(
                        "token_invalid",
                        "The token is not this session's, or it has expired, or the session was stopped. Whoever started"
                                + " the session can resume it, which makes a new token."),
                INVALID);
    }

    private static Problem problem(String code, String detail) {
        return new Problem(HttpProblem.UNAUTHENTICATED.status(), code, detail, List.of(), null);
    }
}
