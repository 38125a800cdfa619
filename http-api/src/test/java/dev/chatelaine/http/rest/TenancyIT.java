package dev.chatelaine.http.rest;

import static dev.chatelaine.http.rest.SecretRoutesIT.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.http.GatewayRequests;
import dev.chatelaine.http.RestClient;
import dev.chatelaine.http.RestClient.Answer;
import dev.chatelaine.http.TestServer;
import dev.chatelaine.http.server.Route;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is another tenant's is not there, and no answer tells it from what was never there. */
class TenancyIT {
    private static final Map<String, String> BODIES = Map.of(
            "PUT /api/secrets/{name}",
            json("description", "d"),
            "POST /api/secrets/{name}/rollback",
            "{\"version\":1}",
            "PUT /v1/tenants/me/secrets/{name}",
            "{\"values\":{\"A\":\"v\"}}",
            "PATCH /api/v1/llm-configs/{name}",
            json("model", "m2"),
            "PATCH /api/v1/gateway-keys/{id}",
            "{\"spend_cap_micro_usd\":1}",
            "PUT /api/v1/llm-configs/{name}/key",
            json("api_key", "sk-proj-" + "e".repeat(48)));

    private static TestServer server;
    private static String secretId = "";
    private static String configurationId = "";
    private static String sessionId = "";
    private static String gatewayKeyId = "";

    @BeforeAll
    static void start() {
        server = TestServer.start();
        RestClient owner = server.owner("acme");
        secretId =
                owner.post("/api/secrets", json("name", "theirs", "value", "v")).text("id");
        configurationId = owner.post("/api/v1/llm-configs", json("name", "theirs", "provider", "openai", "model", "m"))
                .text("id");
        owner.post("/v1/tenants/me/secrets", "{\"name\":\"theirs\",\"values\":{\"A\":\"v\"}}");
        sessionId = owner.post("/v1/sessions", "{\"agent\":{\"kind\":\"a\"},\"secrets\":[\"theirs\"]}")
                .text("id");
        Answer made = owner.post("/api/v1/gateway-keys", json("name", "theirs"));
        gatewayKeyId = made.text("id");
        GatewayRequests requests = new GatewayRequests(server.vault());
        requests.refused(requests.with(made.text("key")), "openai/theirs", 403);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<Route> routesToOneThing() {
        return server.routes().stream()
                .filter(route -> route.access() == Route.Access.CALLER
                        && route.template().contains("{"));
    }

    @ParameterizedTest
    @MethodSource("routesToOneThing")
    void anothersThingIsNotFoundExactlyLikeAMissingOne(Route route) {
        RestClient stranger = server.owner("rival");
        String id = id(route.template());
        String missing = id.substring(0, id.length() - 2) + "00";
        for (List<String> pair : pairs(route, id, missing)) {
            Answer theirs = ask(stranger, route, pair.get(0));
            Answer none = ask(stranger, route, pair.get(1));

            boolean begun = route.template().endsWith("/entry") && !pair.get(0).equals(id);
            assertThat(theirs.status()).as(theirs.all()).isEqualTo(begun ? 201 : 404);
            assertThat(comparable(theirs, pair.get(0))).isEqualTo(comparable(none, pair.get(1)));
            assertThat(theirs.response().headers().map().keySet())
                    .isEqualTo(none.response().headers().map().keySet());
        }
    }

    private static String id(String template) {
        if (template.startsWith("/v1/sessions")) {
            return sessionId;
        }
        if (template.contains("gateway-keys")) {
            return gatewayKeyId;
        }
        return template.contains("secrets") ? secretId : configurationId;
    }

    private static List<List<String>> pairs(Route route, String id, String missing) {
        if (route.template().startsWith("/v1/sessions")) {
            return List.of(List.of(id, missing));
        }
        List<String> names = List.of("theirs", "nobodys");
        return route.template().startsWith("/v1/") ? List.of(names) : List.of(names, List.of(id, missing));
    }

    /** Without what is different each time: a page where a name that nobody has is to get its value, and until when. */
    private static String comparable(Answer answer, String name) {
        return answer.withoutRequestId()
                .replace(name, "*")
                .replaceAll("\"(url|expires_at)\":\"[^\"]*\"", "\"$1\":\"\"");
    }

    @ParameterizedTest
    @MethodSource("lists")
    void aListShowsNothingOfAnothers(String path) {
        assertThat(server.owner("rival").get(path).all())
                .doesNotContain("theirs", secretId, configurationId, sessionId, gatewayKeyId);
    }

    static Stream<String> lists() {
        return Stream.of(
                "/api/secrets",
                "/api/secrets?query=theirs&include_deleted=true",
                "/api/v1/llm-configs",
                "/v1/tenants/me/secrets",
                "/v1/sessions",
                "/api/v1/gateway-keys",
                "/api/v1/usage?group_by=gateway_key",
                "/api/v1/usage?group_by=model",
                "/api/v1/audit");
    }

    private static Answer ask(RestClient client, Route route, String name) {
        String body = BODIES.getOrDefault(route.method() + " " + route.template(), "");
        return client.send(route.method(), route.template().replaceAll("\\{[a-z]+}", name), body, Map.of());
    }
}
