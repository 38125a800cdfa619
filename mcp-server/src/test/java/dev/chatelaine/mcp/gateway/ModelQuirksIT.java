package dev.chatelaine.mcp.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.gateway.fake.FakeProvider;
import dev.chatelaine.mcp.gateway.Application.Answered;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What clients send with every request and single models refuse, and the names with a date that providers have for them. */
class ModelQuirksIT {
    private static final String TOOL = ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"weather\","
            + "\"parameters\":{\"type\":\"object\",\"properties\":{}}}}],\"tool_choice\":\"required\"";

    @TempDir
    private Path home;

    @SuppressWarnings("NullAway.Init")
    private GatewayService service;

    @BeforeEach
    void start() throws IOException {
        service = GatewayService.in(home);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @ParameterizedTest
    @CsvSource({
        "anthropic, claude-opus-5-5, 'temperature, top_p, tool_choice'",
        "anthropic, claude-haiku-5-5, 'temperature, top_p'",
        "openai, gpt-5-mini, 'temperature, top_p'",
        "openai, gpt-5-mini-2025-08-07, 'temperature, top_p'"
    })
    void whatOneModelRefusesIsLeftOutAndTold(String provider, String model, String changed) {
        Answered answer = service.application(service.key("app"))
                .post("/v1/chat/completions", request(provider, model, ",\"temperature\":0.2,\"top_p\":0.9" + TOOL));

        assertThat(answer.status()).as(answer.all()).isEqualTo(200);
        assertThat(answer.header("x-chatelaine-changed")).isEqualTo(changed);
        assertThat(service.provider(provider).last().body().has("temperature")).isFalse();
    }

    @Test
    void whoTakesItGetsIt() {
        FakeProvider anthropic = service.provider("anthropic");
        Answered answer = service.application(service.key("app"))
                .post("/v1/chat/completions", request("anthropic", "claude-haiku-4-5", ",\"temperature\":0.2" + TOOL));

        assertThat(answer.status()).as(answer.all()).isEqualTo(200);
        assertThat(answer.header("x-chatelaine-changed")).isEmpty();
        JsonNode asked = anthropic.last().body();
        assertThat(asked.path("temperature").asDouble()).isEqualTo(0.2);
        assertThat(asked.path("tool_choice").path("type").asString()).isEqualTo("any");
    }

    @Test
    void aNameWithADateCostsWhatItsModelCosts() {
        Application capped = service.application(service.key("capped", null, 1_000_000L));
        Answered dated = capped.post("/v1/chat/completions", request("openai", "gpt-4.1-mini-2025-04-14", ""));
        Answered plain = capped.post("/v1/chat/completions", request("openai", "gpt-4.1-mini", ""));

        assertThat(dated.status()).as(dated.all()).isEqualTo(200);
        assertThat(dated.header("x-chatelaine-cost-micro-usd"))
                .isNotEmpty()
                .isEqualTo(plain.header("x-chatelaine-cost-micro-usd"));
        assertThat(dated.header("x-chatelaine-model")).isEqualTo("gpt-4.1-mini-2025-04-14");
    }

    private static String request(String provider, String model, String more) {
        return "{\"model\":\"" + provider + "/" + model + "\",\"max_tokens\":99,\"messages\":[{\"role\":\"user\","
                + "\"content\":\"Paris\"}]" + more + "}";
    }
}
