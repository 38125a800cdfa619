package dev.chatelaine.http.rest;

import dev.chatelaine.http.json.FieldNames;
import dev.chatelaine.http.json.Input;
import dev.chatelaine.http.server.Call;
import dev.chatelaine.http.server.Reply;
import dev.chatelaine.http.server.Route;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.gatewaykey.GatewayKey;
import dev.chatelaine.vault.gatewaykey.GatewayKeyChange;
import dev.chatelaine.vault.gatewaykey.GatewayKeyName;
import dev.chatelaine.vault.gatewaykey.GatewayKeyQuery;
import dev.chatelaine.vault.gatewaykey.Given;
import dev.chatelaine.vault.gatewaykey.IssuedGatewayKey;
import dev.chatelaine.vault.gatewaykey.NewGatewayKey;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/gateway-keys}. What calls the gateway with such a key comes in elsewhere. */
final class GatewayKeyRoutes {
    private static final String ALL = "/api/v1/gateway-keys";
    private static final String ONE = ALL + "/{id}";
    private static final Set<String> FIELDS =
            Set.of("name", "allowed_models", "spend_cap_micro_usd", "fallback_model", "expires_at");

    private static final long NONE_YET = 0;

    private final Vault vault;
    private final Consumer<TenantId> settled;

    /** Keys with what all requests have spent that have ended when somebody asks for them. */
    GatewayKeyRoutes(Vault vault, Consumer<TenantId> settled) {
        this.vault = vault;
        this.settled = settled;
    }

    List<Route> routes() {
        return List.of(
                new Route("POST", ALL, this::create),
                new Route("GET", ALL, this::list),
                new Route("GET", ONE, this::get),
                new Route("PATCH", ONE, this::change),
                new Route("DELETE", ONE, this::delete),
                new Route("POST", ONE + "/rotate", this::rotate));
    }

    private Reply create(Call call) {
        call.query(Set.of());
        Input input = call.body(FIELDS);
        NewGatewayKey asked = new NewGatewayKey(
                GatewayKeyName.of(Objects.requireNonNullElse(input.text("name"), "")),
                input.texts("allowed_models"),
                input.number("spend_cap_micro_usd"),
                input.text("fallback_model"),
                Times.parse("expires_at", input.text("expires_at")));
        call.expected().check(NONE_YET);
        IssuedGatewayKey made = vault.gatewayKeys().create(call.actor(), asked);
        return Reply.created(GatewayKeyViews.issued(made), made.key().revision());
    }

    private Reply list(Call call) {
        Parameters query = Parameters.of(call, "limit", "cursor");
        GatewayKeyQuery asked =
                new GatewayKeyQuery(query.number("limit", GatewayKeyQuery.DEFAULT_LIMIT), query.text("cursor"));
        settled.accept(call.actor().tenant());
        return Reply.ok(GatewayKeyViews.page(vault.gatewayKeys().list(call.actor(), asked)));
    }

    private Reply get(Call call) {
        call.bare();
        settled.accept(call.actor().tenant());
        GatewayKey found = vault.gatewayKeys().get(call.actor(), name(call));
        call.expected().check(found.revision());
        return reply(found);
    }

    private Reply change(Call call) {
        call.query(Set.of());
        GatewayKeyChange change = change(call.body(FIELDS));
        settled.accept(call.actor().tenant());
        return reply(vault.gatewayKeys().change(call.actor(), name(call), change, call.expected()));
    }

    private Reply delete(Call call) {
        call.bare();
        return Reply.ok(GatewayKeyViews.deleted(vault.gatewayKeys().delete(call.actor(), name(call), call.expected())));
    }

    private Reply rotate(Call call) {
        call.query(Set.of());
        Long seconds = call.body(Set.of("grace_seconds")).number("grace_seconds");
        Duration grace = Duration.ofSeconds(seconds == null ? 0 : seconds);
        IssuedGatewayKey rotated = vault.gatewayKeys().rotate(call.actor(), name(call), grace, call.expected());
        return Reply.ok(GatewayKeyViews.issued(rotated), rotated.key().revision());
    }

    /** What is null is taken away (RFC 7396), but for the name, which every key has. */
    private static GatewayKeyChange change(Input input) {
        String name = input.text("name");
        if (name == null && input.has("name")) {
            throw FieldNames.refused("name", "A gateway key has a name. Leave it out to keep the one it has.");
        }
        return new GatewayKeyChange(
                name == null ? null : GatewayKeyName.of(name),
                given(input, "allowed_models", input.texts("allowed_models")),
                given(input, "spend_cap_micro_usd", input.number("spend_cap_micro_usd")),
                given(input, "fallback_model", input.text("fallback_model")),
                given(input, "expires_at", Times.parse("expires_at", input.text("expires_at"))));
    }

    private static <T> @Nullable Given<T> given(Input input, String field, @Nullable T value) {
        return input.has(field) ? new Given<>(value) : null;
    }

    private static GatewayKeyName name(Call call) {
        return GatewayKeyName.of(call.path("id"));
    }

    private static Reply reply(GatewayKey key) {
        return Reply.ok(GatewayKeyViews.key(key), key.revision());
    }
}
