package dev.chatelaine.http.rest;

import static dev.chatelaine.http.rest.SecretRoutesIT.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.http.GatewayRequests;
import dev.chatelaine.http.RestClient;
import dev.chatelaine.http.RestClient.Answer;
import dev.chatelaine.http.TestServer;
import dev.chatelaine.vault.usage.CredentialSource;
import dev.chatelaine.vault.usage.Tokens;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayKeyRoutesIT {
    private static final String ALL = "/api/v1/gateway-keys";
    private static final String KEY = "sk-proj-" + "b".repeat(24) + "7" + "b".repeat(23);
    private static final String WHOLE = "{\"name\":\"NAME\",\"allowed_models\":[\"openai/gpt-4.1*\",\"anthropic/*\"],"
            + "\"spend_cap_micro_usd\":25000000,\"fallback_model\":\"openai/gpt-4.1-mini\","
            + "\"expires_at\":\"2999-01-01T02:00:00+02:00\"}";

    private static TestServer server;
    private static RestClient owner;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        owner = server.owner("acme");
        make("taken");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aKeyLivesItsLifeOverRest() {
        Answer made = make("life");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.header("ETag")).isEqualTo("\"1\"");
        assertThat(made.json().propertyNames())
                .containsExactly(
                        "id",
                        "name",
                        "allowed_models",
                        "spend_cap_micro_usd",
                        "spent_micro_usd",
                        "reserved_micro_usd",
                        "overrun_micro_usd",
                        "fallback_model",
                        "expires_at",
                        "hint",
                        "last_used_at",
                        "created_at",
                        "created_by",
                        "updated_at",
                        "revision",
                        "intact",
                        "key");
        assertThat(made.json().path("allowed_models").toString()).isEqualTo("[\"openai/gpt-4.1*\",\"anthropic/*\"]");
        assertThat(made.json().path("spend_cap_micro_usd").asLong()).isEqualTo(25_000_000);
        assertThat(made.text("fallback_model")).isEqualTo("openai/gpt-4.1-mini");
        assertThat(made.text("expires_at")).isEqualTo("2999-01-01T00:00:00.000Z");
        assertThat(made.text("created_by")).isEqualTo("owner@acme.example");
        assertThat(made.json().path("last_used_at").isNull()).isTrue();
        String key = made.text("key");
        assertThat(key).startsWith("ck_").endsWith(made.text("hint"));
        assertThat(works(key)).isTrue();

        Answer shown = owner.get(ALL + "/life");
        assertThat(shown.json().has("key")).isFalse();
        assertThat(owner.get(ALL + "/" + made.text("id")).json()).isEqualTo(shown.json());
        assertThat(owner.get(ALL).json().path("gateway_keys").findValuesAsString("name"))
                .contains("life");

        Answer deleted = owner.delete(ALL + "/life");
        assertThat(deleted.json().toString())
                .isEqualTo("{\"id\":\"" + made.text("id") + "\",\"name\":\"life\",\"deleted\":true}");
        assertThat(works(key)).isFalse();
        assertThat(owner.get(ALL + "/life").code()).isEqualTo("gateway_key_not_found");
    }

    @Test
    void theKeyIsToldWhereItIsMadeAndNowhereElse() {
        Answer made = make("told-once");
        Answer rotated = owner.post(ALL + "/told-once/rotate", "{\"grace_seconds\":3600}");
        for (String key : List.of(made.text("key"), rotated.text("key"))) {
            String beginning = key.substring(0, 12);
            assertThat(owner.get(ALL + "/told-once").all()).doesNotContain(beginning);
            assertThat(owner.get(ALL + "?limit=200").all()).doesNotContain(beginning);
            assertThat(owner.patch(ALL + "/told-once", "{\"spend_cap_micro_usd\":" + key.length() + "}")
                            .all())
                    .doesNotContain(beginning);
            assertThat(owner.get("/api/v1/audit").all()).doesNotContain(beginning);
        }
        assertThat(owner.delete(ALL + "/told-once").all())
                .doesNotContain(rotated.text("key").substring(0, 12));
    }

    @Test
    void whatIsNullIsTakenAwayAndWhatIsLeftOutStays() {
        make("patched");
        Answer name = owner.patch(ALL + "/patched", json("name", "patched-2"));
        assertThat(name.json().path("allowed_models")).hasSize(2);
        assertThat(name.json().path("spend_cap_micro_usd").asLong()).isEqualTo(25_000_000);
        assertThat(name.text("expires_at")).isNotEmpty();

        Answer raised = owner.patch(ALL + "/patched-2", "{\"spend_cap_micro_usd\":1000000000000000}");
        assertThat(raised.json().path("spend_cap_micro_usd").asLong()).isEqualTo(1_000_000_000_000_000L);
        assertThat(raised.text("fallback_model")).isEqualTo("openai/gpt-4.1-mini");

        Answer bare = owner.patch(
                ALL + "/patched-2",
                "{\"allowed_models\":null,\"spend_cap_micro_usd\":null,\"fallback_model\":null,\"expires_at\":null}");
        for (String field : List.of("allowed_models", "spend_cap_micro_usd", "fallback_model", "expires_at")) {
            assertThat(bare.json().path(field).isNull()).as(field).isTrue();
        }
        assertThat(bare.text("name")).isEqualTo("patched-2");
        assertThat(bare.header("ETag")).isEqualTo("\"4\"");
        assertThat(bare.json().path("revision").asLong()).isEqualTo(4);
    }

    @Test
    void aRotatedKeyWorksThroughItsGraceOrNotAtAll() {
        String first = make("rotated").text("key");
        Answer second = owner.post(ALL + "/rotated/rotate", "{\"grace_seconds\":3600}");
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.text("key")).isNotEqualTo(first).endsWith(second.text("hint"));
        assertThat(works(first)).isTrue();
        assertThat(works(second.text("key"))).isTrue();

        String third = owner.post(ALL + "/rotated/rotate", "").text("key");
        assertThat(works(first)).isFalse();
        assertThat(works(second.text("key"))).isFalse();
        assertThat(works(third)).isTrue();
    }

    @Test
    void whatAKeySpendsIsShownBesideItsCap() {
        GatewayRequests requests = new GatewayRequests(server.vault());
        Answer made = make("spending");
        requests.done(
                requests.with(made.text("key")),
                "openai/gpt-4.1",
                CredentialSource.BYOK,
                new Tokens(10, 20, 0),
                4_200L,
                900);
        requests.begun(
                requests.with(made.text("key")),
                "openai/gpt-4.1",
                CredentialSource.BYOK,
                new Tokens(10, 90, 0),
                1_000_000L);

        Answer shown = owner.get(ALL + "/spending");
        assertThat(shown.json().path("spent_micro_usd").asLong()).isEqualTo(4_200);
        assertThat(shown.json().path("reserved_micro_usd").asLong()).isEqualTo(1_000_000);
        assertThat(shown.json().path("overrun_micro_usd").asLong()).isZero();
        assertThat(shown.text("last_used_at")).isNotEmpty();
        assertThat(shown.header("ETag")).as("spending is no change").isEqualTo("\"1\"");
    }

    @Test
    void theListIsReadPageByPage() {
        RestClient rival = server.owner("rival");
        for (int i = 1; i <= 5; i++) {
            rival.post(ALL, json("name", "k" + i));
        }
        Answer first = rival.get(ALL + "?limit=3");
        Answer second = rival.get(ALL + "?limit=3&cursor=" + first.text("next_cursor"));
        assertThat(first.json().path("gateway_keys").findValuesAsString("name")).containsExactly("k1", "k2", "k3");
        assertThat(second.json().path("gateway_keys").findValuesAsString("name"))
                .containsExactly("k4", "k5");
        assertThat(second.json().has("next_cursor")).isFalse();
    }

    @Test
    void whoeverSawAnotherRevisionChangesNothing() {
        String key = make("tagged").text("key");
        owner.patch(ALL + "/tagged", "{\"spend_cap_micro_usd\":1}");
        Map<String, String> old = Map.of("If-Match", "\"1\"");

        assertThat(owner.send("GET", ALL + "/tagged", "", old).status()).isEqualTo(412);
        assertThat(owner.send("PATCH", ALL + "/tagged", "{\"spend_cap_micro_usd\":2}", old)
                        .status())
                .isEqualTo(412);
        assertThat(owner.send("POST", ALL + "/tagged/rotate", "", old).code()).isEqualTo("conflict");
        assertThat(owner.send("DELETE", ALL + "/tagged", "", old).status()).isEqualTo(412);
        assertThat(works(key)).isTrue();
        assertThat(owner.send("POST", ALL + "/tagged/rotate", "", Map.of("If-Match", "\"2\""))
                        .header("ETag"))
                .isEqualTo("\"3\"");
    }

    @Test
    void aKeyThatWasChangedPastChatelaineIsShownAsThatAndCanBeDeleted() throws SQLException {
        String key = make("tampered").text("key");
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:sqlite:" + server.folder().resolve("vault.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout=30000");
            statement.execute("UPDATE usage_meters SET cap = 999999999 WHERE meter ="
                    + " (SELECT id FROM gateway_keys WHERE name = 'tampered')");
            statement.execute("UPDATE gateway_keys SET allowed_models = NULL WHERE name = 'tampered'");
        }
        Answer shown = owner.get(ALL + "/tampered");
        assertThat(shown.json().path("intact").asBoolean(true)).isFalse();
        assertThat(shown.json().path("spent_micro_usd").isNull()).isTrue();
        assertThat(works(key)).isFalse();
        assertThat(owner.patch(ALL + "/tampered", "{\"spend_cap_micro_usd\":1}").code())
                .isEqualTo("integrity_failed");
        assertThat(owner.delete(ALL + "/tampered").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            POST||{}|400|invalid_name|name
            POST||{"name":"a b"}|400|invalid_name|name
            POST||{"name":null}|400|invalid_name|name
            POST||{"name":7}|400|invalid_field|name
            POST||{"name":"KEY"}|400|value_in_wrong_field|name
            POST||{"name":"a","key":"KEY"}|400|invalid_field|key
            POST||{"name":"a","allowed_models":"openai/*"}|400|invalid_field|allowed_models
            POST||{"name":"a","allowed_models":[]}|400|invalid_field|allowed_models
            POST||{"name":"a","allowed_models":[1]}|400|invalid_field|allowed_models
            POST||{"name":"a","allowed_models":["KEY"]}|400|value_in_wrong_field|allowed_models
            POST||{"name":"a","allowed_models":["gpt-4.1"]}|400|invalid_field|allowed_models
            POST||{"name":"a","allowed_models":["nobody/x"]}|400|provider_unknown|allowed_models
            POST||{"name":"a","spend_cap_micro_usd":-1}|400|invalid_field|spend_cap_micro_usd
            POST||{"name":"a","spend_cap_micro_usd":1.5}|400|invalid_field|spend_cap_micro_usd
            POST||{"name":"a","spend_cap_micro_usd":"25"}|400|invalid_field|spend_cap_micro_usd
            POST||{"name":"a","spend_cap_micro_usd":1000000000000001}|400|invalid_field|spend_cap_micro_usd
            POST||{"name":"a","spend_cap_micro_usd":99999999999999999999}|400|invalid_field|spend_cap_micro_usd
            POST||{"name":"a","fallback_model":"KEY"}|400|value_in_wrong_field|fallback_model
            POST||{"name":"a","fallback_model":"nobody/x"}|400|provider_unknown|fallback_model
            POST||{"name":"a","expires_at":"tomorrow"}|400|invalid_field|expires_at
            POST||{"name":"a","expires_at":"2001-01-01T00:00:00Z"}|400|invalid_field|expires_at
            POST||{"name":"a","expires_at":4102444800}|400|invalid_field|expires_at
            POST||{"name":"taken"}|409|gateway_key_exists|name
            POST|?name=a|{"name":"a"}|400|invalid_field|name
            GET|/none||404|gateway_key_not_found|
            GET|/a%20b||400|invalid_name|name
            GET|/KEY||400|value_in_wrong_field|name
            GET|?limit=0||400|invalid_field|limit
            GET|?cursor=%21||400|invalid_field|cursor
            PATCH|/taken|{}|400|invalid_field|
            PATCH|/taken|{"name":null}|400|invalid_field|name
            PATCH|/taken|{"name":"KEY"}|400|value_in_wrong_field|name
            PATCH|/taken|{"spend_cap_micro_usd":-1}|400|invalid_field|spend_cap_micro_usd
            PATCH|/taken|{"allowed_models":[]}|400|invalid_field|allowed_models
            PATCH|/taken|{"expires_at":"2001-01-01T00:00:00Z"}|400|invalid_field|expires_at
            PATCH|/taken|{"hint":"abcd"}|400|invalid_field|hint
            PATCH|/none|{"spend_cap_micro_usd":1}|404|gateway_key_not_found|
            POST|/taken/rotate|{"grace_seconds":-1}|400|invalid_field|grace_seconds
            POST|/taken/rotate|{"grace_seconds":2592001}|400|invalid_field|grace_seconds
            POST|/taken/rotate|{"grace_seconds":9223372036854775807}|400|invalid_field|grace_seconds
            POST|/taken/rotate|{"grace_seconds":"1h"}|400|invalid_field|grace_seconds
            POST|/taken/rotate|{"grace":1}|400|invalid_field|grace
            POST|/none/rotate||404|gateway_key_not_found|
            DELETE|/none||404|gateway_key_not_found|
            DELETE|/taken|{"sure":true}|400|invalid_field|sure
            """)
    void badInputIsNamed(
            String method,
            @Nullable String path,
            @Nullable String body,
            int status,
            String code,
            @Nullable String field) {
        String sent = body == null ? "" : body.replace("KEY", KEY);
        Answer answer = owner.send(method, ALL + (path == null ? "" : path.replace("KEY", KEY)), sent, Map.of());

        assertThat(answer.status()).as(answer.all()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
        if (field != null) {
            assertThat(answer.json().path("errors").findValuesAsString("field")).containsExactly(field);
        }
        assertThat(answer.all()).doesNotContain(KEY);
    }

    private static Answer make(String name) {
        return owner.post(ALL, WHOLE.replace("NAME", name));
    }

    private static boolean works(String key) {
        return server.vault().gatewayKeys().authenticate(key).isPresent();
    }
}
