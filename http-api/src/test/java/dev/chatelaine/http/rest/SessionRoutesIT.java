package dev.chatelaine.http.rest;

import static dev.chatelaine.http.rest.SecretRoutesIT.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.http.RestClient;
import dev.chatelaine.http.RestClient.Answer;
import dev.chatelaine.http.TestServer;
import dev.chatelaine.vault.access.Role;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionRoutesIT {
    private static final String BUNDLES = "/v1/tenants/me/secrets";
    private static final String ALL = "/v1/sessions";
    private static final String KEY = "sk-proj-" + "s".repeat(48);

    private static TestServer server;
    private static RestClient owner;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        owner = server.owner("acme");
        bundle("github", "GITHUB_TOKEN", "gh-one");
        bundle("same", "GITHUB_TOKEN", "gh-two");
        bundle("model", "LLM_API_KEY", "from-the-bundle");
        owner.post("/api/secrets", json("name", "db", "value", "db-one"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aSessionLivesItsLifeOverRest() {
        Answer started = owner.post(
                ALL,
                "{\"agent\":{\"kind\":\"claude-code\"},\"template\":\"reviewer\",\"user_id\":\"ada\","
                        + "\"llm\":{\"vendor\":\"ollama\",\"model\":\"llama3\"},"
                        + "\"secrets\":[\"github\"],\"secret_refs\":{\"DB\":\"db\"}}");
        assertThat(started.status()).as(started.all()).isEqualTo(201);
        String id = started.text("id");
        assertThat(started.json().path("key_names").toString())
                .isEqualTo("[\"DB\",\"GITHUB_TOKEN\",\"LLM_BASE_URL\",\"LLM_MODEL\"]");
        assertThat(started.json().path("llm").path("vendor").asString()).isEqualTo("ollama");
        String token = runtime(started, "token");
        URI address = server.server().address();
        assertThat(runtime(started, "env_url")).isEqualTo(address + "/v1/sessions/" + id + "/env");
        assertThat(runtime(started, "events_url"))
                .isEqualTo("ws://127.0.0.1:" + address.getPort() + "/v1/sessions/" + id + "/events");

        Answer shown = owner.get(ALL + "/" + id);
        assertThat(shown.json().has("runtime")).isFalse();
        assertThat(owner.get(ALL + "?status=running").json().path("sessions").findValuesAsString("id"))
                .contains(id);
        assertThat(shown.all() + owner.get(ALL).all()).doesNotContain(token, "gh-one", "db-one");

        Answer environment = env(id, token);
        assertThat(environment.header("Cache-Control")).isEqualTo("no-store");
        assertThat(environment.json().path("revision").asLong()).isEqualTo(1);
        assertThat(environment.json().path("values").path("GITHUB_TOKEN").asString())
                .isEqualTo("gh-one");
        assertThat(environment.json().path("values").path("DB").asString()).isEqualTo("db-one");
        assertThat(environment.json().path("values").path("LLM_MODEL").asString())
                .isEqualTo("llama3");

        Answer stopped = owner.post(ALL + "/" + id + "/stop", "");
        assertThat(stopped.text("status")).isEqualTo("stopped");
        assertThat(stopped.text("stopped_at")).isNotEmpty();
        assertThat(owner.post(ALL + "/" + id + "/stop", "").status()).isEqualTo(200);
        assertThat(env(id, token).code()).isEqualTo("token_invalid");

        Answer resumed = owner.post(ALL + "/" + id + "/resume", "");
        assertThat(resumed.status()).isEqualTo(200);
        assertThat(resumed.json().path("revision").asLong()).isEqualTo(2);
        assertThat(env(id, token).status()).isEqualTo(401);
        assertThat(env(id, runtime(resumed, "token")).status()).isEqualTo(200);
        assertThat(owner.post(ALL + "/" + id + "/resume", "").code()).isEqualTo("conflict");
        assertThat(reveals(id)).isEqualTo(2);
    }

    @Test
    void whoeverResumesWithoutABundleIsToldSoAndTheOthersAreUntouched() {
        bundle("stays-a", "A", "1");
        bundle("goes", "B", "2");
        bundle("stays-c", "C", "3");
        Answer started = start("\"secrets\":[\"stays-a\",\"goes\",\"stays-c\"]");
        String one = ALL + "/" + started.text("id");
        owner.delete(BUNDLES + "/goes");
        assertThat(env(started.text("id"), runtime(started, "token")).json().path("values"))
                .hasSize(3);
        owner.post(one + "/stop", "");

        Answer refused = owner.post(one + "/resume", "");
        assertThat(refused.status()).isEqualTo(502);
        assertThat(refused.code()).isEqualTo("secret_bundle_not_found_at_resume");
        assertThat(refused.text("detail")).contains("goes");
        assertThat(owner.get(one).text("status")).isEqualTo("stopped");
        assertThat(owner.get(BUNDLES + "/stays-a").status()).isEqualTo(200);

        bundle("goes", "B", "new");
        Answer resumed = owner.post(one + "/resume", "");
        assertThat(env(started.text("id"), runtime(resumed, "token"))
                        .json()
                        .path("values")
                        .path("B")
                        .asString())
                .isEqualTo("new");
    }

    @Test
    void aRuntimeTokenIsGoodForItsOwnSessionAloneAndNothingElseIsGoodForIt() {
        Answer first = start("\"secrets\":[\"github\"]");
        Answer second = start("\"secrets\":[\"github\"]");
        String own = "/v1/sessions/" + first.text("id");
        String token = runtime(first, "token");

        for (String path : List.of("/env", "/events")) {
            for (String wrong : List.of(
                    runtime(second, "token"),
                    "eyJhbGciOiJFUzI1NiJ9.e30.c2ln",
                    "crt_nobody",
                    token + "x",
                    token.toUpperCase(Locale.ROOT),
                    "crt_")) {
                Answer refused = new RestClient(server.server().address(), wrong).get(own + path);
                assertThat(refused.status()).as(path + wrong).isEqualTo(401);
                assertThat(refused.code()).isEqualTo("token_invalid");
                assertThat(refused.header("WWW-Authenticate"))
                        .startsWith("Bearer ")
                        .contains("invalid_token");
                assertThat(refused.all()).doesNotContain(wrong);
            }
            Answer none = new RestClient(server.server().address(), "").get(own + path);
            assertThat(none.code()).isEqualTo("token_missing");
            assertThat(none.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"session\"");
            Answer cookie = new RestClient(server.server().address(), "")
                    .send("GET", own + path, "", Map.of("Cookie", "chatelaine=" + token));
            assertThat(cookie.status()).isEqualTo(401);
            assertThat(new RestClient(server.server().address(), token)
                            .get("/v1/sessions/ses_nobody" + path)
                            .withoutRequestId())
                    .isEqualTo(new RestClient(server.server().address(), runtime(second, "token"))
                            .get(own + path)
                            .withoutRequestId());
        }
        for (String path : List.of(own, "/v1/sessions", BUNDLES, "/api/secrets", "/api/v1/audit")) {
            assertThat(new RestClient(server.server().address(), token)
                            .get(path)
                            .status())
                    .as(path)
                    .isEqualTo(401);
        }
        assertThat(reveals(first.text("id"))).isZero();
    }

    @Test
    void theEventsAreAWebSocketsAlone() {
        Answer started = start("\"secrets\":[\"github\"]");
        String events = "/v1/sessions/" + started.text("id") + "/events";
        RestClient runtime = new RestClient(server.server().address(), runtime(started, "token"));

        Answer plain = runtime.get(events);
        assertThat(plain.status()).isEqualTo(426);
        assertThat(plain.code()).isEqualTo("upgrade_required");
        assertThat(plain.header("Sec-WebSocket-Version")).isEqualTo("13");
        for (String revision : List.of("-1", "1.5", "01", "x", "", "99999999999999999999")) {
            Answer refused = runtime.get(events + "?revision=" + revision);
            assertThat(refused.status()).as(revision).isEqualTo(400);
            assertThat(refused.json().path("errors").findValuesAsString("field"))
                    .containsExactly("revision");
        }
        assertThat(runtime.get(events + "?token=x").status()).isEqualTo(400);
        assertThat(runtime.post(events, "").status()).isEqualTo(405);
        assertThat(runtime.get("/v1/sessions/" + started.text("id") + "/env?a=b")
                        .status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}|400|invalid_field|agent
            {"agent":"claude"}|400|invalid_field|agent
            {"agent":{}}|400|invalid_field|agent.kind
            {"agent":{"kind":7}}|400|invalid_field|agent.kind
            {"agent":{"kind":"a b"}}|400|invalid_field|agent.kind
            {"agent":{"kind":"a","colour":"red"}}|400|invalid_field|agent.colour
            {"agent":{"kind":"a"},"colour":"red"}|400|invalid_field|colour
            {"agent":{"kind":"a"},"template":"KEY"}|400|value_in_wrong_field|template
            {"agent":{"kind":"a"},"user_id":"KEY"}|400|value_in_wrong_field|user_id
            {"agent":{"kind":"a"},"user_id":"a\\u0000b"}|400|invalid_field|user_id
            {"agent":{"kind":"a"},"secrets":"github"}|400|invalid_field|secrets
            {"agent":{"kind":"a"},"secrets":["Git Hub"]}|400|invalid_name|secrets
            {"agent":{"kind":"a"},"secrets":["KEY"]}|400|value_in_wrong_field|secrets
            {"agent":{"kind":"a"},"secrets":["github","github"]}|400|invalid_field|secrets
            {"agent":{"kind":"a"},"secrets":["github","same"]}|400|key_collision|secrets
            {"agent":{"kind":"a"},"secrets":["none"]}|404|bundle_not_found|secrets
            {"agent":{"kind":"a"},"secret_refs":["db"]}|400|invalid_field|secret_refs
            {"agent":{"kind":"a"},"secret_refs":{"db":"db"}}|400|invalid_name|secret_refs
            {"agent":{"kind":"a"},"secret_refs":{"PATH":"db"}}|400|reserved_key_name|secret_refs
            {"agent":{"kind":"a"},"secret_refs":{"DB":"KEY"}}|400|value_in_wrong_field|secret_refs
            {"agent":{"kind":"a"},"secret_refs":{"DB":"none"}}|404|secret_not_found|
            {"agent":{"kind":"a"},"secrets":["github"],"secret_refs":{"GITHUB_TOKEN":"db"}}|400|key_collision|
            {"agent":{"kind":"a"},"llm":{}}|400|invalid_field|llm.vendor
            {"agent":{"kind":"a"},"llm":{"vendor":"openai"}}|400|invalid_field|llm.model
            {"agent":{"kind":"a"},"llm":{"vendor":"openai","model":"m","key":"KEY"}}|400|invalid_field|llm.key
            {"agent":{"kind":"a"},"llm":{"vendor":"nobody","model":"m"}}|400|provider_unknown|
            {"agent":{"kind":"a"},"llm":{"vendor":"custom","model":"m"}}|400|base_url_required|
            {"agent":{"kind":"a"},"llm":{"vendor":"custom","model":"m","base_url":"http://10.0.0.1"}}|400|base_url_refused|
            {"agent":{"kind":"a"},"llm":{"vendor":"openai","model":"gpt-5"}}|400|llm_key_missing|
            """)
    void badInputIsNamed(String body, int status, String code, @Nullable String field) {
        Answer answer = owner.post(ALL, body.replace("KEY", KEY));

        assertThat(answer.status()).as(answer.all()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
        if (field != null) {
            assertThat(answer.json().path("errors").findValuesAsString("field")).containsExactly(field);
        }
        assertThat(answer.all()).doesNotContain(KEY);
    }

    @Test
    void tenBundlesAndFiftySecretsAreTheMost() {
        String eleven =
                IntStream.rangeClosed(1, 11).mapToObj(i -> "\"b" + i + "\"").collect(Collectors.joining(","));
        assertThat(owner.post(ALL, "{\"agent\":{\"kind\":\"a\"},\"secrets\":[" + eleven + "]}")
                        .code())
                .isEqualTo("too_many_bundles");
        String refs = IntStream.rangeClosed(1, 51)
                .mapToObj(i -> "\"K" + i + "\":\"db\"")
                .collect(Collectors.joining(","));
        assertThat(owner.post(ALL, "{\"agent\":{\"kind\":\"a\"},\"secret_refs\":{" + refs + "}}")
                        .code())
                .isEqualTo("too_many_keys");
        assertThat(owner.post(
                                ALL,
                                "{\"agent\":{\"kind\":\"a\"},\"secret_refs\":{"
                                        + refs.replace("\"K51\":\"db\"", "\"K50X\":\"db\"")
                                                .replace("\"K1\":\"db\",", "")
                                        + "}}")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void theModelsKeyIsTheBundlesWhereTheTenantHasNone() {
        Answer started = start("\"secrets\":[\"model\"],\"llm\":{\"vendor\":\"openai\",\"model\":\"gpt-5\"}");
        assertThat(started.status()).as(started.all()).isEqualTo(201);
        assertThat(env(started.text("id"), runtime(started, "token"))
                        .json()
                        .path("values")
                        .path("LLM_API_KEY")
                        .asString())
                .isEqualTo("from-the-bundle");
    }

    @Test
    void pagesFollowEachOtherWithoutGapOrRepetition() {
        RestClient rival = server.owner("rival");
        for (int i = 0; i < 5; i++) {
            rival.post(ALL, "{\"agent\":{\"kind\":\"a" + i + "\"}}");
        }
        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            Answer page = rival.get(ALL + "?limit=2" + cursor);
            seen.addAll(page.json().path("sessions").findValuesAsString("kind"));
            cursor = page.text("next_cursor").isEmpty() ? "" : "&cursor=" + page.text("next_cursor");
        } while (!cursor.isEmpty());
        assertThat(seen).containsExactly("a4", "a3", "a2", "a1", "a0");
        assertThat(rival.get(ALL + "?status=stopped").json().path("sessions")).isEmpty();
        for (String bad : List.of("status=paused", "limit=0", "limit=201", "cursor=%21", "colour=red")) {
            assertThat(rival.get(ALL + "?" + bad).code()).as(bad).isEqualTo("invalid_field");
        }
    }

    private static void bundle(String name, String key, String value) {
        String values = "{\"values\":{\"" + key + "\":\"" + value + "\"}}";
        assertThat(owner.post(BUNDLES, values.replace("{\"values", "{\"name\":\"" + name + "\",\"values"))
                        .status())
                .isEqualTo(201);
    }

    private static Answer start(String more) {
        return owner.post(ALL, "{\"agent\":{\"kind\":\"a\"}," + more + "}");
    }

    private static Answer env(String id, String token) {
        return new RestClient(server.server().address(), token).get("/v1/sessions/" + id + "/env");
    }

    private static String runtime(Answer started, String field) {
        return started.json().path("runtime").path(field).asString("");
    }

    private static int reveals(String id) {
        return server.as("acme", Role.OWNER)
                .get("/api/v1/audit?action=session.reveal&target=" + id)
                .json()
                .path("events")
                .size();
    }
}
