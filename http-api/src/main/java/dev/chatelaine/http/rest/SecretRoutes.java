package dev.chatelaine.http.rest;

import dev.chatelaine.http.json.Input;
import dev.chatelaine.http.server.Call;
import dev.chatelaine.http.server.Reply;
import dev.chatelaine.http.server.Route;
import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.secret.Category;
import dev.chatelaine.vault.secret.Description;
import dev.chatelaine.vault.secret.NewSecret;
import dev.chatelaine.vault.secret.SecretChange;
import dev.chatelaine.vault.secret.SecretMetadata;
import dev.chatelaine.vault.secret.SecretName;
import dev.chatelaine.vault.secret.SecretQuery;
import dev.chatelaine.vault.verify.KeyVerifications.VerifiedSecret;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /api/secrets}. */
final class SecretRoutes {
    private static final String ALL = "/api/secrets";
    private static final String ONE = ALL + "/{name}";

    /** A revision that no secret has: there is none yet. */
    private static final long NONE_YET = 0;

    private final Vault vault;

    SecretRoutes(Vault vault) {
        this.vault = vault;
    }

    List<Route> routes() {
        return List.of(
                new Route("POST", ALL, this::create),
                new Route("GET", ALL, this::list),
                new Route("GET", ONE, this::get),
                new Route("PUT", ONE, this::update),
                new Route("DELETE", ONE, this::delete),
                new Route("POST", ONE + "/restore", this::restore),
                new Route("POST", ONE + "/verify", this::verify),
                new Route("POST", ONE + "/rollback", this::rollback),
                new Route("GET", ONE + "/versions", this::versions));
    }

    private Reply create(Call call) {
        call.query(Set.of());
        Input input = call.body(Set.of("name", "value", "category", "description"));
        String description = input.text("description");
        NewSecret secret = new NewSecret(
                SecretName.of(Objects.requireNonNullElse(input.text("name"), "")),
                category(input.text("category")),
                description == null ? Description.NONE : Description.of(description),
                requiredValue(input));
        call.expected().check(NONE_YET);
        SecretMetadata created = vault.secrets().create(call.actor(), secret);
        return Reply.created(SecretViews.secret(created), created.version());
    }

    private Reply list(Call call) {
        Parameters query = Parameters.of(call, "category", "query", "include_deleted", "limit", "cursor");
        SecretQuery asked = new SecretQuery(
                category(query.text("category")),
                query.text("query"),
                query.flag("include_deleted"),
                query.number("limit", SecretQuery.DEFAULT_LIMIT),
                query.text("cursor"));
        return Reply.ok(SecretViews.page(vault.secrets().list(call.actor(), asked)));
    }

    private Reply get(Call call) {
        call.bare();
        SecretMetadata found = vault.secrets().get(call.actor(), name(call));
        call.expected().check(found.version());
        return reply(found);
    }

    private Reply update(Call call) {
        call.query(Set.of());
        Input input = call.body(Set.of("value", "description", "category"));
        String value = input.text("value");
        String description = input.text("description");
        SecretChange change = new SecretChange(
                value == null ? null : SecretValue.of(value),
                description == null ? null : Description.of(description),
                category(input.text("category")));
        return reply(vault.secrets().update(call.actor(), name(call), change, call.expected()));
    }

    private Reply delete(Call call) {
        boolean purge = Parameters.of(call, "purge").flag("purge");
        return reply(
                purge
                        ? vault.secretHistory().purge(call.actor(), name(call), call.expected())
                        : vault.secretHistory().delete(call.actor(), name(call), call.expected()));
    }

    private Reply restore(Call call) {
        call.bare();
        return reply(vault.secretHistory().restore(call.actor(), name(call), call.expected()));
    }

    private Reply rollback(Call call) {
        call.query(Set.of());
        long version = call.body(Set.of("version")).requiredNumber("version");
        return reply(vault.secretHistory().rollback(call.actor(), name(call), version, call.expected()));
    }

    private Reply verify(Call call) {
        call.bare();
        call.expected().check(vault.secrets().get(call.actor(), name(call)).version());
        VerifiedSecret verified = vault.verifications().secret(call.actor(), name(call));
        return Reply.ok(
                Map.of("status", verified.status().label(), "secret", SecretViews.secret(verified.secret())),
                verified.secret().version());
    }

    private Reply versions(Call call) {
        call.bare();
        return Reply.ok(SecretViews.versions(vault.secretHistory().list(call.actor(), name(call))));
    }

    private static Reply reply(SecretMetadata secret) {
        return Reply.ok(SecretViews.secret(secret), secret.version());
    }

    private static SecretName name(Call call) {
        return SecretName.of(call.path("name"));
    }

    private static @Nullable Category category(@Nullable String given) {
        return given == null ? null : Category.of(given);
    }

    private static SecretValue requiredValue(Input input) {
        String value = input.text("value");
        if (value == null) {
            throw new VaultException(ErrorCode.VALUE_REQUIRED, "A secret has a value. Give one; nothing was stored.")
                    .withField("value");
        }
        return SecretValue.of(value);
    }
}
