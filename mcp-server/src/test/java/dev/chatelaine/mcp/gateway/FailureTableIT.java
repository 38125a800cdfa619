package dev.chatelaine.mcp.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.gateway.fake.Script;
import dev.chatelaine.mcp.gateway.Application.Answered;
import dev.chatelaine.vault.provider.KeyStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a request whose provider fails in each of the ways of the table. */
@Execution(ExecutionMode.CONCURRENT)
class FailureTableIT {
    private static final int TRIES = 3;

    @TempDir
    private Path home;

    @SuppressWarnings("NullAway.Init")
    private GatewayService service;

    @SuppressWarnings("NullAway.Init")
    private Application application;

    @BeforeEach
    void start() throws IOException {
        service = GatewayService.in(home);
        application = service.application(service.key("app"));
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private void fails(String provider, int times, Script script) {
        for (int i = 0; i < times; i++) {
            service.provider(provider).next(script);
        }
    }

    private Answered withFallback() {
        return application.post(
                "/v1/chat/completions",
                Application.body(
                        service.model("openai"), "hello there", ",\"fallbacks\":[\"" + service.model("groq") + "\"]"));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 402, 403})
    void aKeyThatIsNotTakenIsMarkedAndTheNextCandidateAsked(int status) {
        fails("openai", 1, Script.answer(status, service.provider("openai").errorBody(status, "no")));

        Answered answer = withFallback();

        assertThat(answer.status()).as(answer.all()).isEqualTo(200);
        assertThat(answer.header("x-chatelaine-provider")).isEqualTo("groq");
        assertThat(answer.header("x-chatelaine-attempts")).isEqualTo("2");
        Await.that(() -> service.vault().byok().overview(GatewayService.OWNER).providers().stream()
                .anyMatch(one -> one.provider().id().value().equals("openai") && one.status() == KeyStatus.INVALID));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 409, 429, 500, 502, 503, 529})
    void whatMayPassIsAskedAgainAndThenTheNextCandidate(int status) {
        fails("openai", TRIES, Script.answer(status, "{\"error\":{\"message\":\"later\"}}"));

        Answered answer = withFallback();

        assertThat(answer.status()).as(answer.all()).isEqualTo(200);
        assertThat(answer.header("x-chatelaine-provider")).isEqualTo("groq");
        assertThat(answer.header("x-chatelaine-attempts")).isEqualTo("4");
        assertThat(service.provider("openai").requests()).hasSize(TRIES);
    }

    @Test
    void whatPassesIsAnsweredByTheOneThatWasAsked() {
        fails("openai", 1, Script.answer(429, "Retry-After: 0\r\n", "{\"error\":{\"message\":\"later\"}}"));

        Answered answer = withFallback();

        assertThat(answer.said()).contains("hello there");
        assertThat(answer.header("x-chatelaine-provider")).isEqualTo("openai");
        assertThat(answer.header("x-chatelaine-attempts")).isEqualTo("2");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 413, 422})
    void aBadRequestIsReturnedAsItIsAndNobodyElseIsAsked(int status) {
        fails("openai", 1, Script.answer(status, service.provider("openai").errorBody(status, "what is wrong")));

        Answered answer = withFallback();

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().path("error").path("message").asString()).contains("what is wrong");
        assertThat(service.provider("groq").requests()).isEmpty();
    }

    @Test
    void aRefusalForWhatItIsAboutIsReturned() {
        fails(
                "openai",
                1,
                Script.answer(
                        400,
                        "{\"error\":{\"message\":\"filtered\",\"type\":\"invalid_request_error\",\"code\":"
                                + "\"content_filter\"}}"));

        Answered answer = withFallback();

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("content_filter");
        assertThat(service.provider("groq").requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "401, 502, key_rejected",
        "402, 502, out_of_credit",
        "429, 429, rate_limited",
        "503, 503, overloaded",
        "500, 502, server_error",
        "408, 504, upstream_timeout",
        "529, 503, overloaded"
    })
    void whereAllFailedTheLastStatusIsMappedAndTheAttemptsAreListed(int status, int mapped, String category) {
        String words = "internal words of the provider";
        fails(
                "openai",
                TRIES,
                Script.answer(status, "Retry-After: 1\r\n", "{\"error\":{\"message\":\"" + words + "\"}}"));

        Answered answer = application.chat(service.model("openai"), "hello");

        assertThat(answer.status()).as(answer.all()).isEqualTo(mapped);
        assertThat(answer.code()).isEqualTo(category);
        assertThat(answer.attempts()).isNotEmpty().containsOnly(category);
        assertThat(answer.all()).doesNotContain(words);
        assertThat(answer.header("x-chatelaine-request-id")).startsWith("req_");
        assertThat(answer.header("x-chatelaine-attempts"))
                .isEqualTo(String.valueOf(answer.attempts().size()));
    }

    @Test
    void aConnectionThatIsResetIsMadeAgain() {
        fails("openai", 1, Script.reset(""));

        Answered answer = application.chat(service.model("openai"), "once more");

        assertThat(answer.said()).contains("once more");
        assertThat(answer.header("x-chatelaine-attempts")).isEqualTo("2");
    }

    @Test
    void aRedirectIsNotFollowed() {
        fails("openai", 1, Script.answer(307, "Location: http://169.254.169.254/latest/meta-data/\r\n", "{}"));

        Answered answer = application.chat(service.model("openai"), "hello");

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.attempts()).containsExactly("redirected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"error\":{\"message\":\"no\"}}", "not json at all", "[]x", ""})
    void whatIsNoAnswerThoughItsStatusSaysSoIsNone(String body) {
        fails("openai", TRIES, Script.answer(200, body));

        Answered answer = withFallback();

        assertThat(answer.status()).as(answer.all()).isEqualTo(200);
        assertThat(answer.header("x-chatelaine-provider")).isEqualTo("groq");
    }

    @Test
    void anAnswerOfFiftyMebibytesIsNone() {
        fails("openai", 1, exchange -> {
            exchange.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 52428800\r\n\r\n");
            byte[] piece = " ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 50; i++) {
                exchange.write(piece);
            }
        });

        Answered answer = application.chat(service.model("openai"), "hello");

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.attempts()).containsExactly("invalid_answer");
    }
}
