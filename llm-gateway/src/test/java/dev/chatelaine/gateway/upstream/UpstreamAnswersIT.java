package dev.chatelaine.gateway.upstream;

import static dev.chatelaine.gateway.upstream.UpstreamFixture.CANARY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.gateway.failure.FailureCategory;
import dev.chatelaine.gateway.upstream.UpstreamAnswer.Whole;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole answers, and errors by their statuses. */
class UpstreamAnswersIT {
    private static final String ERROR = "{\"error\":{\"message\":\"No.\",\"type\":\"some_error\",\"code\":null}}";

    @RegisterExtension
    final UpstreamFixture fixture = UpstreamFixture.patient();

    @Test
    void anAnswerIsHandedOverAsItIs() throws IOException {
        try (RawServer server = RawServer.answering(200, "x-ratelimit-remaining-tokens: 5\r\n", "{\"id\":\"a\"}")) {
            Whole answer = (Whole) fixture.ask(server);

            assertThat(answer.body()).hasToString("{\"id\":\"a\"}");
            assertThat(answer.headers()).containsEntry("x-ratelimit-remaining-tokens", "5");
        }
    }

    @Test
    void theRequestIsPlainAndItsKeyABearerToken() throws IOException {
        try (RawServer server = RawServer.answering(200, "Set-Cookie: a=b\r\n", "{}")) {
            fixture.ask(server);
            fixture.ask(server);

            assertThat(server.exchanges()).hasSize(2).allSatisfy(exchange -> {
                assertThat(exchange.head())
                        .startsWith("POST /v1/chat/completions HTTP/1.1\r\n")
                        .contains("Authorization: Bearer " + CANARY + "\r\n", "Content-Type: application/json")
                        .doesNotContainIgnoringCase("cookie", "accept-encoding");
                assertThat(exchange.body()).isEqualTo("{\"model\":\"m\",\"messages\":[]}");
            });
        }
    }

    @Test
    void anthropicGetsItsKeyInAHeaderOfItsOwn() throws IOException {
        try (RawServer server = RawServer.answering(200, "", "{}")) {
            fixture.ask("anthropic", server);

            assertThat(server.exchanges().get(0).head())
                    .contains("x-api-key: " + CANARY, "anthropic-version: 2023-06-01")
                    .doesNotContain("Bearer");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, BAD_REQUEST",
        "401, KEY_REJECTED",
        "402, OUT_OF_CREDIT",
        "403, KEY_REJECTED",
        "404, BAD_REQUEST",
        "408, UPSTREAM_TIMEOUT",
        "409, CONFLICT",
        "413, BAD_REQUEST",
        "422, BAD_REQUEST",
        "429, RATE_LIMITED",
        "500, SERVER_ERROR",
        "502, SERVER_ERROR",
        "503, OVERLOADED",
        "529, OVERLOADED"
    })
    void eachStatusHasItsCategory(int status, FailureCategory category) throws IOException {
        try (RawServer server = RawServer.answering(status, "", ERROR)) {
            UpstreamException failure = fixture.failure(server);

            assertThat(failure.category()).isEqualTo(category);
            assertThat(failure.status()).isEqualTo(status);
            assertThat(failure.retryAfter()).isNull();
        }
    }

    @Test
    void aRateLimitSaysHowLongInSeconds() throws IOException {
        try (RawServer server = RawServer.answering(429, "Retry-After: 7\r\n", ERROR)) {
            assertThat(fixture.failure(server).retryAfter()).isEqualTo(Duration.ofSeconds(7));
        }
    }

    @Test
    void aRateLimitSaysHowLongWithADate() throws IOException {
        String date = "Retry-After: Sun, 22 Nov 2026 08:00:30 GMT\r\n";
        try (RawServer server = RawServer.answering(429, date, ERROR)) {
            assertThat(fixture.failure(server).retryAfter()).isEqualTo(Duration.ofSeconds(30));
        }
    }

    @Test
    void ofABadRequestTheProvidersWordsAreKept() throws IOException {
        String body = "{\"error\":{\"message\":\"max_tokens is too large\",\"type\":\"invalid_request_error\","
                + "\"param\":\"max_tokens\",\"code\":\"too_large\"}}";
        try (RawServer server = RawServer.answering(400, "", body)) {
            assertThat(fixture.failure(server).said())
                    .isEqualTo(new ProviderMessage(
                            "max_tokens is too large", "invalid_request_error", "max_tokens", "too_large"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 402, 403, 408, 409, 429, 500, 502, 503, 529})
    void ofAnyOtherFailureNoWordIsKept(int status) throws IOException {
        try (RawServer server = RawServer.answering(status, "", ERROR)) {
            UpstreamException failure = fixture.failure(server);

            assertThat(failure.said()).isNull();
            assertThat(failure).hasNoCause().hasMessageNotContaining("No.");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"your key is %s\"",
                "{\"error\":{\"message\":\"bad key %s\"}}",
                "{\"error\":\"Bearer %s\"}",
                "{\"error\":{\"message\":\"x\",\"code\":\"%s\"}}",
                "{\"detail\":[{\"input\":\"%s\"}]}"
            })
    void aKeyThatIsEchoedGoesNoFurther(String body) throws IOException {
        String headers =
                "x-request-id: " + CANARY + "\r\nretry-after: " + CANARY + "\r\nSet-Cookie: k=" + CANARY + "\r\n";
        try (RawServer server = RawServer.answering(400, headers, String.format(body, CANARY))) {
            UpstreamException failure = fixture.failure(server);

            assertThat(String.valueOf(failure.said())).doesNotContain("canary").contains("left out");
            assertThat(failure).hasMessageNotContaining("canary").hasNoCause();
        }
    }

    @Test
    void aKeyInAHeaderOfAGoodAnswerGoesNoFurther() throws IOException {
        String headers = "x-ratelimit-reset-tokens: " + CANARY + "\r\nSet-Cookie: k=" + CANARY + "\r\nx-key: " + CANARY
                + "\r\nopenai-processing-ms: 12\r\n";
        try (RawServer server = RawServer.answering(200, headers, "{}")) {
            assertThat(fixture.ask(server).headers()).containsOnlyKeys("openai-processing-ms");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"error\":{\"message\":\"boom\"}}                              | SERVER_ERROR",
                "{\"error\":{\"type\":\"overloaded_error\"},\"type\":\"error\"}  | OVERLOADED",
                "{\"error\":{\"code\":\"rate_limit_exceeded\",\"message\":\"\"}} | RATE_LIMITED",
                "{\"error\":{\"code\":\"invalid_api_key\"}}                      | KEY_REJECTED",
                "{\"error\":\"boom\"}                                            | SERVER_ERROR"
            })
    void anErrorWithStatus200IsAnError(String body, FailureCategory category) throws IOException {
        try (RawServer server = RawServer.answering(200, "", body)) {
            assertThat(fixture.failure(server).category()).isEqualTo(category);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "{\"id\":", "42", "<html>502 Bad Gateway</html>", "\u0000\u0001"})
    void whatIsNoJsonIsNoAnswer(String body) throws IOException {
        try (RawServer server = RawServer.answering(200, "", body)) {
            assertThat(fixture.failure(server).category()).isEqualTo(FailureCategory.INVALID_ANSWER);
        }
    }

    @Test
    void anAnswerOfFiftyMebibytesIsGivenUpAtTheLimit() throws Exception {
        try (RawServer server = RawServer.doing(exchange -> {
            exchange.write("HTTP/1.1 200 OK\r\nContent-Length: 52428800\r\n\r\n");
            byte[] piece = new byte[1 << 16];
            try {
                for (int sent = 0; sent < 800; sent++) {
                    exchange.write(piece);
                }
            } finally {
                exchange.gone().complete(null);
            }
        })) {
            assertThat(fixture.failure(server).category()).isEqualTo(FailureCategory.INVALID_ANSWER);
            server.exchanges().get(0).gone().get(30, java.util.concurrent.TimeUnit.SECONDS);
            assertThat(server.exchanges().get(0).written()).isLessThan(50 << 20);
        }
    }

    @Test
    void ofAnErrorOfFiftyMebibytesOnlyTheBeginningIsRead() throws Exception {
        String words = "{\"error\":{\"message\":\"" + "a".repeat(50 << 20) + "\"}}";
        try (RawServer server = RawServer.answering(400, "", words)) {
            UpstreamException failure = fixture.failure(server);

            assertThat(failure.category()).isEqualTo(FailureCategory.BAD_REQUEST);
            assertThat(Objects.requireNonNull(failure.said()).message()).contains("did not say why");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 204, 300, 304, 418, 599})
    void anyOtherStatusIsNoAnswerEither(int status) throws IOException {
        try (RawServer server = RawServer.answering(status, "", status == 204 || status == 304 ? "" : "{}")) {
            assertThat(fixture.failure(server).status()).isEqualTo(status);
        }
    }
}
