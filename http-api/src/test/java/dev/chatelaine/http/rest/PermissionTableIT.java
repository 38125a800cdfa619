package dev.chatelaine.http.rest;

import static dev.chatelaine.http.rest.SecretRoutesIT.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.http.RestClient;
import dev.chatelaine.http.RestClient.Answer;
import dev.chatelaine.http.TestServer;
import dev.chatelaine.http.server.Route;
import dev.chatelaine.vault.access.Permission;
import dev.chatelaine.vault.access.Role;
import dev.chatelaine.vault.audit.AuditEvent;
import dev.chatelaine.vault.audit.AuditQuery;
import dev.chatelaine.vault.audit.Outcome;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every role on every route: the table of roles, with the permission that each route is said to take. */
class PermissionTableIT {
    private static final String KEY = "sk-proj-" + "c".repeat(48);
    private static final String CONFIG = "/api/v1/llm-configs";
    private static final String BUNDLES = "/v1/tenants/me/secrets";
    private static final String SESSIONS = "/v1/sessions";
    private static final String GATEWAY_KEYS = "/api/v1/gateway-keys";
    private static final String BUNDLE = "{\"values\":{\"A\":\"v\"}}";

    /** A request that the permission alone decides on. What it is done to is there, or else not found. */
    private record Attempt(String method, String template, String path, String body, Permission needed) {}

    private static final List<Attempt> ATTEMPTS = List.of(
            secret("POST", "", "", json("name", "new", "value", "v"), Permission.SECRETS_WRITE),
            secret(
                    "POST",
                    "",
                    "",
                    json("name", "provider_key_groq", "value", "gsk_" + "d".repeat(52)),
                    Permission.KEYS_MANAGE),
            secret("GET", "", "", "", Permission.SECRETS_READ),
            secret("GET", "/{name}", "/missing", "", Permission.SECRETS_READ),
            secret("GET", "/{name}/versions", "/missing/versions", "", Permission.SECRETS_READ),
            secret("PUT", "/{name}", "/plain", json("description", "d"), Permission.SECRETS_WRITE),
            secret("PUT", "/{name}", "/provider_key_openai", json("description", "d"), Permission.KEYS_MANAGE),
            secret("DELETE", "/{name}", "/plain", "", Permission.SECRETS_WRITE),
            secret("DELETE", "/{name}", "/provider_key_openai", "", Permission.KEYS_MANAGE),
            secret("DELETE", "/{name}", "/plain?purge=true", "", Permission.TENANT_ADMIN),
            secret("POST", "/{name}/restore", "/was/restore", "", Permission.SECRETS_WRITE),
            secret("POST", "/{name}/rollback", "/plain/rollback", "{\"version\":1}", Permission.SECRETS_WRITE),
            secret("POST", "/{name}/verify", "/provider_key_openai/verify", "", Permission.KEYS_MANAGE),
            secret("POST", "/{name}/entry", "/plain/entry", "", Permission.SECRETS_WRITE),
            secret("POST", "/{name}/entry", "/nobody_has_it/entry", "", Permission.SECRETS_WRITE),
            secret("POST", "/{name}/entry", "/provider_key_openai/entry", "", Permission.KEYS_MANAGE),
            new Attempt(
                    "GET",
                    "/api/v1/tenant/byok-providers",
                    "/api/v1/tenant/byok-providers",
                    "",
                    Permission.INTEGRATIONS_READ),
            configuration(
                    "POST",
                    "",
                    "",
                    json("name", "new", "provider", "openai", "model", "m"),
                    Permission.INTEGRATIONS_WRITE),
            configuration("GET", "", "", "", Permission.INTEGRATIONS_READ),
            configuration("GET", "/{name}", "/main", "", Permission.INTEGRATIONS_READ),
            configuration("PATCH", "/{name}", "/main", json("model", "m2"), Permission.INTEGRATIONS_WRITE),
            configuration("DELETE", "/{name}", "/main", "", Permission.INTEGRATIONS_DELETE),
            configuration("PUT", "/{name}/key", "/main/key", json("api_key", KEY), Permission.KEYS_MANAGE),
            configuration("DELETE", "/{name}/key", "/main/key", "", Permission.KEYS_MANAGE),
            configuration("PUT", "/{name}/default", "/main/default", "", Permission.INTEGRATIONS_WRITE),
            configuration("POST", "/{name}/verify", "/main/verify", "", Permission.KEYS_MANAGE),
            bundle("POST", "", "", BUNDLE.replace("{\"v", "{\"name\":\"new\",\"v"), Permission.SECRETS_WRITE),
            bundle("GET", "", "", "", Permission.SECRETS_READ),
            bundle("GET", "/{name}", "/plain", "", Permission.SECRETS_READ),
            bundle("PUT", "/{name}", "/plain", BUNDLE, Permission.SECRETS_WRITE),
            bundle("DELETE", "/{name}", "/plain", "", Permission.SECRETS_WRITE),
            session("POST", "", "", "{\"agent\":{\"kind\":\"a\"},\"secrets\":[\"plain\"]}"),
            session("GET", "", "", ""),
            session("GET", "/{id}", "/ses_missing", ""),
            session("POST", "/{id}/stop", "/ses_missing/stop", ""),
            session("POST", "/{id}/resume", "/ses_missing/resume", ""),
            gatewayKey("POST", "", "", json("name", "new")),
            gatewayKey("GET", "", "", ""),
            gatewayKey("GET", "/{id}", "/plain", ""),
            gatewayKey("PATCH", "/{id}", "/plain", "{\"spend_cap_micro_usd\":1}"),
            gatewayKey("DELETE", "/{id}", "/plain", ""),
            gatewayKey("POST", "/{id}/rotate", "/plain/rotate", ""),
            new Attempt("GET", "/api/v1/usage", "/api/v1/usage?group_by=model", "", Permission.USAGE_READ),
            new Attempt("GET", "/api/v1/audit", "/api/v1/audit", "", Permission.AUDIT_READ));

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @TestFactory
    Stream<DynamicTest> everyRoleMayWhatTheTableSaysAndNothingElse() {
        return ATTEMPTS.stream()
                .flatMap(attempt -> Arrays.stream(Role.values())
                        .map(role -> DynamicTest.dynamicTest(
                                role.label() + " " + attempt.method() + " " + attempt.path(),
                                () -> check(attempt, role))));
    }

    @Test
    void everyRouteIsInTheTable() {
        assertThat(ATTEMPTS.stream().map(attempt -> attempt.method() + " " + attempt.template()))
                .containsAll(server.routes().stream()
                        .filter(route -> route.template().startsWith("/api/")
                                || (route.template().startsWith("/v1/") && route.access() == Route.Access.CALLER))
                        .map(route -> route.method() + " " + route.template())
                        .toList());
    }

    private static void check(Attempt attempt, Role role) {
        furnish();
        long before = lastDenial();
        Answer answer = server.as("acme", role).send(attempt.method(), attempt.path(), attempt.body(), Map.of());

        if (role.permissions().contains(attempt.needed())) {
            assertThat(answer.status()).as(answer.all()).isIn(200, 201, 404);
            assertThat(lastDenial()).isEqualTo(before);
        } else {
            assertThat(answer.status()).as(answer.all()).isEqualTo(403);
            assertThat(answer.code()).isEqualTo("permission_denied");
            assertThat(answer.text("detail")).contains(attempt.needed().label());
            assertThat(lastDenial()).isGreaterThan(before);
        }
    }

    /** Puts everything that an attempt is made on in its place, whatever the attempt before did. */
    private static void furnish() {
        RestClient owner = server.owner("acme");
        for (String name : List.of("new", "plain", "was", "provider_key_groq", "provider_key_openai")) {
            owner.delete("/api/secrets/" + name + "?purge=true");
        }
        owner.post("/api/secrets", json("name", "plain", "value", "v"));
        owner.post("/api/secrets", json("name", "provider_key_openai", "value", KEY));
        owner.post("/api/secrets", json("name", "was", "value", "v"));
        owner.delete("/api/secrets/was");
        owner.delete(BUNDLES + "/new");
        owner.post(BUNDLES, BUNDLE.replace("{\"v", "{\"name\":\"plain\",\"v"));
        owner.delete(GATEWAY_KEYS + "/new");
        owner.post(GATEWAY_KEYS, json("name", "plain"));
        owner.delete(CONFIG + "/new");
        owner.delete(CONFIG + "/main");
        owner.post(CONFIG, json("name", "main", "provider", "openai", "model", "m"));
        owner.put(CONFIG + "/main/key", json("api_key", KEY));
    }

    /** The sequence of the last denial. */
    private static long lastDenial() {
        return server
                .vault()
                .audit()
                .events(TestServer.actor("acme", Role.OWNER), AuditQuery.newest())
                .events()
                .stream()
                .filter(event -> event.outcome() == Outcome.DENIED)
                .mapToLong(AuditEvent::sequence)
                .findFirst()
                .orElse(0);
    }

    private static Attempt secret(String method, String template, String path, String body, Permission needed) {
        return new Attempt(method, "/api/secrets" + template, "/api/secrets" + path, body, needed);
    }

    private static Attempt bundle(String method, String template, String path, String body, Permission needed) {
        return new Attempt(method, BUNDLES + template, BUNDLES + path, body, needed);
    }

    private static Attempt session(String method, String template, String path, String body) {
        return new Attempt(method, SESSIONS + template, SESSIONS + path, body, Permission.SESSIONS_RUN);
    }

    private static Attempt gatewayKey(String method, String template, String path, String body) {
        return new Attempt(method, GATEWAY_KEYS + template, GATEWAY_KEYS + path, body, Permission.GATEWAY_KEYS_MANAGE);
    }

    private static Attempt configuration(String method, String template, String path, String body, Permission needed) {
        return new Attempt(method, CONFIG + template, CONFIG + path, body, needed);
    }
}
