package dev.chatelaine.mcp.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.gateway.fake.Script;
import dev.chatelaine.mcp.gateway.Application.Answered;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Embeddings: what comes back, and what it is taken to have cost. */
class EmbeddingsIT {
    @TempDir
    private Path home;

    @SuppressWarnings("NullAway.Init")
    private GatewayService service;

    @SuppressWarnings("NullAway.Init")
    private Application application;

    @BeforeEach
    void start() throws IOException {
        service = GatewayService.in(home);
        application = service.application(service.key("app", null, 1_000_000L));
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void eachTextHasItsNumbersInOrder() {
        Answered answer = embed("openai", "[\"four\",\"seventeen letters\"]", ",\"encoding_format\":\"float\"");

        assertThat(answer.status()).as(answer.all()).isEqualTo(200);
        assertThat(answer.json()
                        .path("data")
                        .valueStream()
                        .map(one -> one.path("embedding").path(0).asDouble()))
                .containsExactly(4.0, 17.0);
        assertThat(answer.header("x-chatelaine-provider")).isEqualTo("openai");
        assertThat(answer.header("x-chatelaine-credential")).isEqualTo("byok");
    }

    @Test
    void inBase64TheyAreTheSame() {
        Answered answer = embed("openai", "\"four\"", ",\"encoding_format\":\"base64\"");

        byte[] bytes = Base64.getDecoder()
                .decode(answer.json().path("data").path(0).path("embedding").asString());
        ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(numbers.getFloat()).isEqualTo(4f);
        assertThat(numbers.getFloat()).isEqualTo(0.5f);
    }

    @Test
    void theyCostWhatTheirTokensCostAndNothingForAnAnswer() {
        // text-embedding-3-small: 20,000 millionths of a dollar for a million tokens, so that fifty tokens are one.
        String words = "word ".repeat(5_000).strip();

        Answered answer = embed("openai", "\"" + words + "\"", "");

        long tokens = answer.json().path("usage").path("prompt_tokens").asLong();
        assertThat(tokens).isGreaterThan(4_000);
        long cost = (tokens * 20_000 + 999_999) / 1_000_000;
        assertThat(answer.header("x-chatelaine-cost-micro-usd")).isEqualTo(Long.toString(cost));
        Await.that(() -> service.spend("app").spent() == cost);
        assertThat(service.spend("app").reserved()).isZero();
        var used = new Subscriber(service, GatewayService.OWNER).used();
        assertThat(used.tokens().prompt()).isEqualTo(tokens);
        assertThat(used.tokens().completion()).isZero();
        assertThat(used.microUsd()).isEqualTo(cost);
        assertThat(used.estimated()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{\"a\":1}", "7"})
    void whatIsNoTextIsNotAsked(String input) {
        Answered answer = embed("openai", input.isEmpty() ? "\"\"" : input, "");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("error").path("param").asString()).isEqualTo("input");
        assertThat(service.provider("openai").requests()).isEmpty();
    }

    @Test
    void whereTheOneFailsTheFallbackAnswers() {
        service.provider("openai")
                .next(Script.answer(401, service.provider("openai").errorBody(401, "no")));

        Answered answer = service.application(service.key("free"))
                .post("/v1/embeddings", body("openai", "\"four\"", ",\"fallbacks\":[\"" + model("mistral") + "\"]"));

        assertThat(answer.status()).as(answer.all()).isEqualTo(200);
        assertThat(answer.header("x-chatelaine-provider")).isEqualTo("mistral");
    }

    @Test
    void aProviderThatHasNoneIsNotAsked() {
        Answered answer = application.post(
                "/v1/embeddings", "{\"model\":\"" + service.model("anthropic") + "\",\"input\":\"four\"}");

        assertThat(answer.status()).as(answer.all()).isEqualTo(400);
        assertThat(service.provider("anthropic").requests()).isEmpty();
        assertThat(service.spend("app").reserved()).isZero();
    }

    private Answered embed(String provider, String input, String more) {
        return application.post("/v1/embeddings", body(provider, input, more));
    }

    private String body(String provider, String input, String more) {
        return "{\"model\":\"" + model(provider) + "\",\"input\":" + input + more + "}";
    }

    private String model(String provider) {
        return provider + "/" + service.provider(provider).embeddingModel();
    }
}
