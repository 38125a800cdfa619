package dev.chatelaine.http.rest;

import static dev.chatelaine.http.rest.SecretRoutesIT.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.http.RestClient;
import dev.chatelaine.http.RestClient.Answer;
import dev.chatelaine.http.TestServer;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConfigurationRoutesIT {
    private static final String ALL = "/api/v1/llm-configs";
    private static final String KEY = "sk-proj-" + "b".repeat(48);

    private TestServer server;
    private RestClient owner;

    @BeforeEach
    void start() {
        server = TestServer.start();
        owner = server.owner("acme");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aConfigurationLivesItsLifeOverRest() {
        Answer created = create("main");
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json().path("has_key").asBoolean(true)).isFalse();

        Answer keyed = owner.put(ALL + "/main/key", json("api_key", KEY));
        assertThat(keyed.json().propertyNames()).containsExactly("has_key", "key_hint");
        assertThat(owner.post(ALL + "/main/verify", "").text("status")).isEqualTo("valid");
        Answer read = owner.get(ALL + "/main");
        assertThat(read.text("key_status")).isEqualTo("valid");
        assertThat(read.json().path("in_effect").asBoolean()).isTrue();

        Answer moved = owner.patch(ALL + "/main", json("provider", "groq", "model", "llama-3.3"));
        assertThat(moved.json().path("has_key").asBoolean(true)).isFalse();
        assertThat(moved.json().path("warnings").findValuesAsString("code")).containsExactly("key_detached");
        assertThat(owner.delete(ALL + "/main/key").json().path("has_key").asBoolean(true))
                .isFalse();
        assertThat(owner.delete(ALL + "/main").json().path("deleted").asBoolean())
                .isTrue();
        assertThat(owner.get(ALL + "/main").code()).isEqualTo("config_not_found");
    }

    @Test
    void theDefaultIsExclusiveAndTheListSaysWhichIsInEffect() {
        create("first");
        create("second");
        assertThat(owner.get(ALL).json().path("in_effect").path("reason").asString())
                .isEqualTo("most_recent");

        owner.put(ALL + "/first/default", "");
        Answer list = owner.get(ALL);
        assertThat(list.json().path("in_effect").path("name").asString()).isEqualTo("first");
        assertThat(list.json().path("configurations").findValuesAsString("is_default"))
                .containsExactly("true", "false");
        Answer page = owner.get(ALL + "?limit=1");
        assertThat(page.json().path("configurations").findValuesAsString("name"))
                .containsExactly("first");
        assertThat(owner.get(ALL + "?limit=1&cursor=" + page.text("next_cursor"))
                        .json()
                        .path("configurations")
                        .findValuesAsString("name"))
                .containsExactly("second");
    }

    @Test
    void aKeyInTheRecordIsRefusedAndNotRepeated() {
        for (String body : new String[] {
            json("name", "a", "provider", "openai", "model", "gpt-4.1", "api_key", KEY),
            json("name", "a", "provider", "openai", "model", KEY),
        }) {
            Answer answer = owner.post(ALL, body);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.code()).isEqualTo("value_in_wrong_field");
            assertThat(answer.all()).doesNotContain(KEY);
        }
        assertThat(owner.post(ALL, json("name", "a", "provider", "openai", "model", "m", "api_key", "x"))
                        .text("next"))
                .isEqualTo("PUT /api/v1/llm-configs/{name}/key");
        assertThat(owner.get(ALL).json().path("configurations")).isEmpty();
    }

    @Test
    void everyChangeOfTheRecordMovesItsTagAndAnOldTagChangesNothing() {
        String first = create("tagged").header("ETag");
        String second = owner.patch(ALL + "/tagged", json("model", "m2")).header("ETag");
        String third = owner.patch(ALL + "/tagged", json("model", "m3")).header("ETag");
        assertThat(first).isNotEqualTo(second).isNotEqualTo(third);
        assertThat(third)
                .isNotEqualTo(second)
                .isEqualTo(owner.get(ALL + "/tagged").header("ETag"));

        Map<String, String> old = Map.of("If-Match", second);
        assertThat(owner.send("PATCH", ALL + "/tagged", json("model", "m4"), old)
                        .status())
                .isEqualTo(412);
        assertThat(owner.send("PUT", ALL + "/tagged/key", json("api_key", KEY), old)
                        .status())
                .isEqualTo(412);
        assertThat(owner.send("PUT", ALL + "/tagged/default", "", old).status()).isEqualTo(412);
        assertThat(owner.send("DELETE", ALL + "/tagged", "", old).code()).isEqualTo("conflict");
        assertThat(owner.send("PATCH", ALL + "/tagged", json("model", "m4"), Map.of("If-Match", third))
                        .status())
                .isEqualTo(200);
    }

    private Answer create(String name) {
        return owner.post(ALL, json("name", name, "provider", "openai", "model", "gpt-4.1-mini"));
    }
}
