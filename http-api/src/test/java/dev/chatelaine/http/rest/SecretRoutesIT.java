package dev.chatelaine.http.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.http.RestClient;
import dev.chatelaine.http.RestClient.Answer;
import dev.chatelaine.http.TestServer;
import dev.chatelaine.vault.access.Role;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SecretRoutesIT {
    private static TestServer server;
    private static RestClient owner;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        owner = server.owner("acme");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aSecretLivesItsLifeOverRest() {
        Answer created = owner.post(
                "/api/secrets", json("name", "life", "value", "correct-horse-battery", "description", "Payments"));
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.header("ETag")).isEqualTo("\"1\"");
        assertThat(created.json().propertyNames())
                .containsExactly(
                        "id",
                        "name",
                        "category",
                        "description",
                        "hint",
                        "version",
                        "created_at",
                        "updated_at",
                        "last_used_at");
        assertThat(created.text("hint")).isEqualTo("tery");
        assertThat(created.text("created_at")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");

        assertThat(owner.put("/api/secrets/life", json("value", "another-horse-altogether"))
                        .header("ETag"))
                .isEqualTo("\"2\"");
        assertThat(owner.get("/api/secrets/life/versions").json().path("versions"))
                .hasSize(2);
        Answer rolledBack = owner.post("/api/secrets/life/rollback", "{\"version\":1}");
        assertThat(rolledBack.json().path("version").asInt()).isEqualTo(3);
        assertThat(rolledBack.text("hint")).isEqualTo("tery");

        Answer deleted = owner.delete("/api/secrets/life");
        assertThat(deleted.text("deleted_at")).isNotEmpty();
        assertThat(owner.get("/api/secrets/life").code()).isEqualTo("secret_not_found");
        assertThat(owner.post("/api/secrets/life/restore", "").status()).isEqualTo(200);
        assertThat(owner.get("/api/secrets/" + created.text("id")).text("name")).isEqualTo("life");
    }

    @Test
    void pagesFollowEachOtherWithoutGapOrRepetition() {
        for (String name : new String[] {"page_a", "page_b", "page_c"}) {
            owner.post("/api/secrets", json("name", name, "value", "v"));
        }
        Answer first = owner.get("/api/secrets?query=page_&limit=2");
        Answer second = owner.get("/api/secrets?query=page_&limit=2&cursor=" + first.text("next_cursor"));

        assertThat(first.json().path("secrets").findValuesAsString("name")).containsExactly("page_a", "page_b");
        assertThat(second.json().path("secrets").findValuesAsString("name")).containsExactly("page_c");
        assertThat(second.json().has("next_cursor")).isFalse();
    }

    @Test
    void onlyTheVersionThatTheCallerSawIsChanged() {
        owner.post("/api/secrets", json("name", "seen", "value", "one"));
        String path = "/api/secrets/seen";

        Answer late = owner.send("PUT", path, json("value", "two"), Map.of("If-Match", "\"7\""));
        assertThat(late.status()).isEqualTo(412);
        assertThat(late.code()).isEqualTo("conflict");
        for (String unknown : new String[] {"W/\"1\"", "\"x\"", "1", "\"01\""}) {
            assertThat(owner.send("DELETE", path, "", Map.of("If-Match", unknown))
                            .status())
                    .as(unknown)
                    .isEqualTo(412);
        }
        assertThat(owner.send("POST", path + "/rollback", "{\"version\":1}", Map.of("If-Match", "\"2\""))
                        .status())
                .isEqualTo(412);
        assertThat(owner.send("PUT", path, json("value", "two"), Map.of("If-Match", "\"5\", \"1\""))
                        .header("ETag"))
                .isEqualTo("\"2\"");
        assertThat(owner.send("DELETE", path, "", Map.of("If-Match", "*")).status())
                .isEqualTo(200);
    }

    @Test
    void purgingLeavesNothingToRestoreAndIsTheOwnersAlone() {
        owner.post("/api/secrets", json("name", "gone", "value", "v"));

        Answer refused = server.as("acme", Role.ADMIN).delete("/api/secrets/gone?purge=true");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.header("WWW-Authenticate")).contains("insufficient_scope");

        Answer purged = owner.delete("/api/secrets/gone?purge=true");
        assertThat(purged.status()).isEqualTo(200);
        assertThat(purged.text("purge_at")).isNotEmpty();
        assertThat(owner.post("/api/secrets/gone/restore", "").status()).isEqualTo(404);
        assertThat(owner.get("/api/v1/audit?action=secret.purge&target=gone")
                        .json()
                        .path("events")
                        .findValuesAsString("outcome"))
                .containsExactly("done", "denied");
    }

    @Test
    void aProviderKeyIsVerifiedAndShownWithItsProvider() {
        owner.post("/api/secrets", json("name", "provider_key_openai", "value", "sk-proj-" + "a".repeat(48)));

        Answer verified = owner.post("/api/secrets/provider_key_openai/verify", "");
        assertThat(verified.text("status")).isEqualTo("valid");
        assertThat(verified.json().path("secret").path("provider").asString()).isEqualTo("openai");
        Answer providers = owner.get("/api/v1/tenant/byok-providers");
        assertThat(providers.json().path("providers").path("openai").asBoolean())
                .isTrue();
        assertThat(providers.json().path("providers").has("custom")).isFalse();
    }

    static String json(String... namesAndValues) {
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            json.append(i == 0 ? "" : ",")
                    .append('"')
                    .append(namesAndValues[i])
                    .append("\":\"")
                    .append(namesAndValues[i + 1])
                    .append('"');
        }
        return json.append('}').toString();
    }
}
