package dev.chatelaine.http.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.http.GatewayRequests;
import dev.chatelaine.http.RestClient;
import dev.chatelaine.http.RestClient.Answer;
import dev.chatelaine.http.TestServer;
import dev.chatelaine.http.auth.SetClock;
import dev.chatelaine.vault.access.Role;
import dev.chatelaine.vault.gatewaykey.GatewayKeyName;
import dev.chatelaine.vault.gatewaykey.IssuedGatewayKey;
import dev.chatelaine.vault.gatewaykey.NewGatewayKey;
import dev.chatelaine.vault.usage.CredentialSource;
import dev.chatelaine.vault.usage.Payer;
import dev.chatelaine.vault.usage.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class UsageRoutesIT {
    private static final String USAGE = "/api/v1/usage";

    private final SetClock clock = new SetClock(Instant.parse("2026-11-20T23:59:00Z"));
    private TestServer server;
    private RestClient owner;
    private IssuedGatewayKey jobs;

    @BeforeEach
    void start() {
        server = TestServer.start(TestServer.loopback(TestServer.QUICK), clock);
        owner = server.owner("acme");
        jobs = server.vault()
                .gatewayKeys()
                .create(
                        TestServer.actor("acme", Role.OWNER),
                        new NewGatewayKey(new GatewayKeyName("jobs"), null, null, null, null));
        plant();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** On the 20th one request of the key's; on the 21st one without a price, one of the pool's, and one refused. */
    private void plant() {
        GatewayRequests requests = new GatewayRequests(server.vault());
        Payer key = requests.with(jobs.secret());
        Payer person = GatewayRequests.with(TestServer.actor("acme", Role.MEMBER));
        Tokens tokens = new Tokens(100, 40, 60);
        requests.done(key, "openai/gpt-4.1", CredentialSource.BYOK, tokens, 4_200L, 800);
        clock.advance(Duration.ofMinutes(2));
        requests.done(key, "openai/gpt-4.1", CredentialSource.BYOK, tokens, null, 1_200);
        requests.done(person, "groq/llama-3.3-70b-versatile", CredentialSource.POOL, tokens, 800L, 400);
        requests.refused(person, "openai/gpt-4.1", 403);
        requests.done(
                GatewayRequests.with(TestServer.actor("rival", Role.MEMBER)),
                "mistral/theirs",
                CredentialSource.BYOK,
                tokens,
                99L,
                1);
    }

    @Test
    void theWholeIsAddedUpWhereNothingElseIsAskedFor() {
        Answer answer = owner.get(USAGE);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().propertyNames())
                .containsExactly("from", "to", "group_by", "total", "groups", "truncated", "pool");
        assertThat(answer.text("from")).isEqualTo("2026-10-22T00:01:00.001Z");
        assertThat(answer.text("to")).isEqualTo("2026-11-21T00:01:00.001Z");
        assertThat(answer.json().path("group_by").isNull()).isTrue();
        assertThat(answer.json().path("groups")).isEmpty();
        JsonNode total = answer.json().path("total");
        assertThat(total.toString())
                .isEqualTo("{\"requests\":4,\"failed\":1,\"prompt_tokens\":300,\"completion_tokens\":120,"
                        + "\"cached_tokens\":180,\"cost_micro_usd\":5000,\"unpriced\":1,\"estimated\":1,"
                        + "\"latency_ms\":{\"p50\":400,\"p95\":1200,\"p99\":1200},"
                        + "\"first_byte_ms\":{\"p50\":200,\"p95\":300,\"p99\":300}}");
        assertThat(answer.json().path("pool").toString())
                .isEqualTo("{\"month\":\"2026-11\",\"quota_tokens\":"
                        + answer.json().path("pool").path("quota_tokens")
                        + ",\"used_tokens\":140,\"reserved_tokens\":0}");
        assertThat(answer.json().path("pool").path("quota_tokens").asLong()).isPositive();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            day|2026-11-20,2026-11-21|1,3
            model|openai/gpt-4.1,groq/llama-3.3-70b-versatile|3,1
            provider|openai,groq|3,1
            credential|byok,pool,none|2,1,1
            config|chat,null|3,1
            """)
    void itIsAddedUpByWhatIsAskedFor(String by, String groups, String requests) {
        JsonNode found = owner.get(USAGE + "?group_by=" + by).json();
        assertThat(found.path("group_by").asString()).isEqualTo(by);
        assertThat(found.path("groups")
                        .valueStream()
                        .map(one -> one.path("group").asString("null")))
                .containsExactly(groups.split(",", -1));
        assertThat(found.path("groups")
                        .valueStream()
                        .map(one -> one.path("requests").toString()))
                .containsExactly(requests.split(",", -1));
        assertThat(found.path("groups").valueStream()).noneMatch(one -> one.has("name"));
        assertThat(found.path("total").path("requests").asLong()).isEqualTo(4);
    }

    @Test
    void keysAreNamedAlsoOnceTheyAreDeleted() {
        owner.delete("/api/v1/gateway-keys/jobs");
        JsonNode groups = owner.get(USAGE + "?group_by=gateway_key").json().path("groups");
        assertThat(groups.get(0).path("group").asString()).isEqualTo(jobs.key().id());
        assertThat(groups.get(0).path("name").asString()).isEqualTo("jobs");
        assertThat(groups.get(0).path("cost_micro_usd").asLong()).isEqualTo(4_200);
        assertThat(groups.get(1).path("group").isNull()).isTrue();
        assertThat(groups.get(1).has("name")).isFalse();
    }

    @Test
    void aCostOfWhichNothingIsKnownIsNull() {
        JsonNode groups = owner.get(USAGE + "?group_by=credential").json().path("groups");
        assertThat(groups.valueStream().map(one -> one.path("cost_micro_usd").isNull()))
                .containsOnly(false);
        new GatewayRequests(server.vault())
                .done(
                        GatewayRequests.with(TestServer.actor("acme", Role.MEMBER)),
                        "ollama/llama3.3",
                        CredentialSource.BYOK,
                        new Tokens(3, 4, 0),
                        null,
                        5);
        JsonNode ollama = owner.get(USAGE + "?group_by=provider")
                .json()
                .path("groups")
                .valueStream()
                .filter(one -> one.path("group").asString("").equals("ollama"))
                .findFirst()
                .orElseThrow();
        assertThat(ollama.path("cost_micro_usd").isNull()).isTrue();
        assertThat(ollama.path("unpriced").asLong()).isEqualTo(1);
    }

    @Test
    void onlyWhatBeganInTheTimeCounts() {
        Answer day = owner.get(USAGE + "?from=2026-11-20T00:00:00Z&to=2026-11-21T00:00:00Z&group_by=model");
        assertThat(day.json().path("total").path("requests").asLong()).isEqualTo(1);
        assertThat(day.text("to")).isEqualTo("2026-11-21T00:00:00.000Z");
        Answer none = owner.get(USAGE + "?from=2026-11-22T00:00:00%2B01:00&to=2026-11-23T00:00:00Z");
        assertThat(none.json().path("total").path("requests").asLong()).isZero();
        assertThat(none.json().path("total").path("latency_ms").path("p50").isNull())
                .isTrue();
    }

    @Test
    void whatAnotherTenantUsedIsTheirs() {
        JsonNode theirs = server.owner("rival").get(USAGE + "?group_by=model").json();
        assertThat(theirs.path("groups").findValuesAsString("group")).isEqualTo(List.of("mistral/theirs"));
        assertThat(owner.get(USAGE + "?group_by=model").all()).doesNotContain("mistral");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            group_by=hour|group_by
            group_by=|group_by
            from=yesterday|from
            to=1795219200|to
            from=2026-11-21T00:00:00Z&to=2026-11-20T00:00:00Z|from
            from=2026-11-20T00:00:00Z&to=2026-11-20T00:00:00Z|from
            from=2026-11-22T00:00:00Z|from
            from=2024-01-01T00:00:00Z&to=2026-01-01T00:00:00Z|from
            from=1960-01-01T00:00:00Z&to=1960-02-01T00:00:00Z|from
            limit=10|limit
            """)
    void badInputIsNamed(String query, String field) {
        Answer answer = owner.get(USAGE + "?" + query);
        assertThat(answer.status()).as(answer.all()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("invalid_field");
        assertThat(answer.json().path("errors").findValuesAsString("field")).containsExactly(field);
    }
}
