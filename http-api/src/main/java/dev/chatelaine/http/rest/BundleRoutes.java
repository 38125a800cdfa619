package dev.chatelaine.http.rest;

import dev.chatelaine.http.json.Input;
import dev.chatelaine.http.problem.Problem;
import dev.chatelaine.http.problem.ProblemException;
import dev.chatelaine.http.server.Call;
import dev.chatelaine.http.server.Reply;
import dev.chatelaine.http.server.Route;
import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.bundle.Bundle;
import dev.chatelaine.vault.bundle.BundleName;
import dev.chatelaine.vault.bundle.BundleValues;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** {@code /v1/tenants/me/secrets}: bundles. */
final class BundleRoutes {
    /** Fifty of the longest values with every byte escaped, and their names. */
    static final int LONGEST_BODY = 20 << 20;

    private static final String ALL = "/v1/tenants/me/secrets";
    private static final String ONE = ALL + "/{name}";

    /** A bundle has no entity tag, so that no {@code If-Match} but {@code *} can match. */
    private static final long NO_TAG = 0;

    private final Vault vault;

    BundleRoutes(Vault vault) {
        this.vault = vault;
    }

    List<Route> routes() {
        return List.of(
                new Route("POST", ALL, this::create).taking(LONGEST_BODY),
                new Route("GET", ALL, this::list),
                new Route("GET", ONE, this::get),
                new Route("PUT", ONE, this::replace).taking(LONGEST_BODY),
                new Route("DELETE", ONE, this::delete));
    }

    private Reply create(Call call) {
        call.query(Set.of());
        Input input = call.body(Set.of("name", "values"));
        BundleName name = BundleName.of(Objects.requireNonNullElse(input.text("name"), ""));
        BundleValues values = values(input);
        call.expected().check(NO_TAG);
        Bundle created = vault.bundles().create(call.actor(), name, values);
        Map<String, Object> view = named(created);
        view.put("created_at", Times.text(created.createdAt()));
        return Reply.created(view);
    }

    private Reply list(Call call) {
        call.bare();
        return Reply.ok(Map.of(
                "bundles",
                vault.bundles().list(call.actor()).stream()
                        .map(BundleRoutes::view)
                        .toList()));
    }

    private Reply get(Call call) {
        call.bare();
        return Reply.ok(view(vault.bundles().get(call.actor(), name(call))));
    }

    private Reply replace(Call call) {
        call.query(Set.of());
        BundleValues values = values(call.body(Set.of("values")));
        call.expected().check(NO_TAG);
        Bundle replaced = vault.bundles().replace(call.actor(), name(call), values);
        Map<String, Object> view = named(replaced);
        view.put("last_rotated_at", Times.textOrNull(replaced.lastRotatedAt()));
        return Reply.ok(view);
    }

    private Reply delete(Call call) {
        call.bare();
        call.expected().check(NO_TAG);
        vault.bundles().delete(call.actor(), name(call));
        return Reply.ok(Map.of("status", "deleted"));
    }

    /** A value that is too large is bad input here: it is one of many, and the body is not too large. */
    private static BundleValues values(Input input) {
        try {
            return BundleValues.of(input.textsByName("values"));
        } catch (VaultException e) {
            if (e.code() == ErrorCode.VALUE_TOO_LARGE) {
                throw new ProblemException(Problem.of(e).withStatus(400));
            }
            throw e;
        }
    }

    private static BundleName name(Call call) {
        return BundleName.of(call.path("name"));
    }

    private static Map<String, Object> view(Bundle bundle) {
        Map<String, Object> view = named(bundle);
        view.put("created_at", Times.text(bundle.createdAt()));
        view.put("last_rotated_at", Times.textOrNull(bundle.lastRotatedAt()));
        return view;
    }

    private static Map<String, Object> named(Bundle bundle) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("name", bundle.name().value());
        view.put("key_names", SessionViews.names(bundle.keyNames()));
        return view;
    }
}
