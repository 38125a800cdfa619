package dev.chatelaine.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.http.RawConnection;
import dev.chatelaine.http.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the chain refuses on a route whose clients read errors as OpenAI's API writes them. */
class ErrorShapeIT {
    private static final String TOKEN = "Authorization: Bearer acme:owner";

    private static final byte[] GET = Promises.get("/v1/later").getBytes(StandardCharsets.US_ASCII);

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start(
                TestServer.loopback(Promises.LIMITS),
                List.of(
                        new Route("POST", "/v1/known", call -> {
                                    call.body(Set.of("a"));
                                    throw new IllegalStateException("hunter-two");
                                })
                                .withErrors(ErrorShape.OPENAI),
                        Route.bearer("POST", "/v1/owned/{id}", call -> Reply.ok(Map.of()))
                                .withErrors(ErrorShape.OPENAI)
                                .taking(100)),
                List.of());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String answer(String request) throws IOException {
        try (RawConnection connection = server.raw()) {
            return connection.send(request).answer();
        }
    }

    private static void assertRefused(String answer, int status, String type, String code) {
        assertThat(RawConnection.status(answer)).as(answer).isEqualTo(status);
        assertThat(answer)
                .contains("Content-Type: application/json\r\n", "X-Request-Id: ", "Cache-Control: no-store")
                .contains("\r\n\r\n{\"error\":{\"message\":\"", "\"type\":\"" + type + "\"")
                .contains("\"code\":\"" + code + "\",\"request_id\":\"req_")
                .doesNotContain("problem");
    }

    @Test
    void whoIsNotKnown() throws IOException {
        String answer = answer(Promises.post("/v1/known"));

        assertRefused(answer, 401, "authentication_error", "unauthenticated");
        assertThat(answer).contains("WWW-Authenticate: Bearer", "Connection: close");
    }

    @Test
    void whoAsksForAnotherMethod() throws IOException {
        String answer = answer(Promises.get("/v1/owned/7"));

        assertRefused(answer, 405, "invalid_request_error", "method_not_allowed");
        assertThat(answer).contains("Allow: POST");
    }

    @Test
    void whoComesByAForeignHostOrFromAForeignPage() throws IOException {
        assertRefused(
                answer("POST /v1/owned/7 HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 0\r\n\r\n"),
                403,
                "permission_error",
                "host_refused");
        assertRefused(
                answer(Promises.post("/v1/owned/7", "Origin: https://evil.example")),
                403,
                "permission_error",
                "origin_refused");
    }

    @Test
    void whoSendsTooMuchOrSomethingElse() throws IOException {
        assertRefused(
                answer("POST /v1/owned/7 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 101\r\n\r\n"),
                413,
                "invalid_request_error",
                "body_too_large");
        assertRefused(
                answer(Promises.post("/v1/known", TOKEN).replace("application/json", "text/plain")),
                415,
                "invalid_request_error",
                "unsupported_media_type");
        assertRefused(
                answer(Promises.post("/v1/known", TOKEN).replace("{}", "[]")),
                400,
                "invalid_request_error",
                "malformed_json");
        assertRefused(answer(Promises.post("/v1/owned/7;a=b")), 400, "invalid_request_error", "malformed_request");
        assertRefused(
                answer(Promises.post("/v1/owned/7", "Authorization: Bearer a", "Authorization: Bearer b")),
                400,
                "invalid_request_error",
                "malformed_request");
    }

    @Test
    void anUnknownFieldIsNamed() throws IOException {
        String body = "{\"b\":1}";
        String answer = answer(Promises.post("/v1/known", TOKEN)
                .replace("Content-Length: 2", "Content-Length: " + body.length())
                .replace("{}", body));

        assertRefused(answer, 400, "invalid_request_error", "invalid_field");
        assertThat(answer).contains("\"param\":\"b\"");
    }

    @Test
    void whoseBodyDoesNotCome() throws IOException {
        assertRefused(
                answer("POST /v1/owned/7 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n"),
                408,
                "invalid_request_error",
                "request_timeout");
    }

    @Test
    void whatFails() throws IOException {
        String answer = answer(Promises.post("/v1/known", TOKEN));

        assertRefused(answer, 500, "api_error", "internal_error");
        assertThat(answer).doesNotContain("hunter");
    }

    @Test
    void otherPathsSayItAsEver() throws IOException {
        assertThat(answer(Promises.post("/v1/nothing", TOKEN))).contains(" 404 ", "application/problem+json");
    }

    /** Asks for what there is not until that ends the connection. */
    private static String lastAnswer(RawConnection connection) {
        String last = "";
        try (connection) {
            for (String next = "-";
                    !next.isEmpty();
                    next = connection.trySend(GET).answer()) {
                last = next;
            }
            return last;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whoComesWhenTheServerStops() throws Exception {
        Promises promises = new Promises();
        List<RawConnection> waiting = new ArrayList<>();
        try (TestServer stopping = promises.serve()) {
            RawConnection busy = stopping.raw().send(Promises.post("/v1/later"));
            Promises.Promise promise = promises.next();
            for (int i = 0; i < 10; i++) {
                waiting.add(stopping.raw().send(Promises.get("/healthz")));
                assertThat(waiting.get(i).status()).isEqualTo(200);
            }
            CompletableFuture<Void> stop =
                    CompletableFuture.runAsync(() -> stopping.server().stop());
            String refused = waiting.stream()
                    .map(ErrorShapeIT::lastAnswer)
                    .filter(answer -> answer.contains(" 503 "))
                    .findFirst()
                    .orElse("nobody was refused");
            promise.later().success(Reply.ok(Map.of()));
            assertThat(busy.status()).isEqualTo(200);
            stop.join();

            assertRefused(refused, 503, "api_error", "unavailable");
        }
    }
}
