package dev.chatelaine.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.http.RawConnection;
import dev.chatelaine.http.TestServer;
import dev.chatelaine.http.problem.HttpProblem;
import dev.chatelaine.http.problem.Problem;
import dev.chatelaine.http.problem.ProblemException;
import dev.chatelaine.http.server.Promises.Promise;
import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.Role;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

/** Answers that come later. */
class LaterIT {
    private static final int MORE_THAN_THERE_ARE_THREADS = 150;

    private final Promises promises = new Promises();
    private RequestLog log;
    private TestServer server;

    @BeforeEach
    void start() {
        log = new RequestLog();
        server = promises.serve();
    }

    @AfterEach
    void stop() {
        server.close();
        log.close();
    }

    private void restart(HttpLimits limits) {
        server.close();
        server = promises.serve(limits);
    }

    @Test
    void anAnswerMayComeFromAnyThreadAndTheConnectionGoesOn() throws Exception {
        try (RawConnection connection = server.raw()) {
            for (int i = 0; i < 3; i++) {
                connection.send(Promises.post("/later", "X-Request-Id: r" + i));
                promises.next().later().success(Reply.created(Map.of("n", i)).with("X-Own", "yes"));

                assertThat(connection.answer())
                        .startsWith("HTTP/1.1 201 ")
                        .contains("X-Own: yes", "X-Request-Id: r" + i, "application/json")
                        .doesNotContain("Connection: close")
                        .endsWith("{\"n\":" + i + "}");
                assertThat(log.line("r" + i)).contains(" status=201 ").doesNotContain("cut_off");
            }
        }
    }

    @Test
    void anAnswerMayBeThereAtOnce() throws IOException {
        server.close();
        server = TestServer.start(
                TestServer.loopback(Promises.LIMITS),
                List.of(Route.open("GET", "/now", call -> Reply.later(Mono.just(Reply.ok(Map.of()))))),
                List.of());
        try (RawConnection connection = server.raw()) {
            assertThat(connection.send(Promises.get("/now")).answer()).startsWith("HTTP/1.1 200 ");
            assertThat(connection.send(Promises.get("/now")).answer()).startsWith("HTTP/1.1 200 ");
        }
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(
                        new VaultException(ErrorCode.SECRET_EXISTS, "It is there."),
                        409,
                        "secret_exists",
                        "invalid_request_error"),
                Arguments.of(
                        new VaultException(ErrorCode.VAULT_UNAVAILABLE, "Not now."),
                        503,
                        "vault_unavailable",
                        "api_error"),
                Arguments.of(
                        new ProblemException(HttpProblem.BODY_TOO_LARGE),
                        413,
                        "body_too_large",
                        "invalid_request_error"),
                Arguments.of(
                        new CallerRefusedException(Problem.of(HttpProblem.UNAUTHENTICATED), "Bearer"),
                        401,
                        "unauthenticated",
                        "authentication_error"),
                Arguments.of(new IllegalStateException("hunter-two"), 500, "internal_error", "api_error"),
                Arguments.of(new IOException("hunter-two"), 500, "internal_error", "api_error"),
                Arguments.of(new AssertionError("hunter-two"), 500, "internal_error", "api_error"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void anErrorIsAnsweredLikeOneOfTheActions(Throwable error, int status, String code, String type) throws Exception {
        try (RawConnection connection = server.raw()) {
            connection.send(Promises.post("/later", "X-Request-Id: failing"));
            promises.next().later().error(error);
            String problem = connection.answer();
            connection.send(Promises.post("/v1/later"));
            promises.next().later().error(error);
            String openAi = connection.answer();

            assertThat(RawConnection.status(problem)).isEqualTo(status);
            assertThat(problem).contains("application/problem+json", "\"code\":\"" + code + "\"");
            assertThat(RawConnection.status(openAi)).isEqualTo(status);
            assertThat(openAi)
                    .contains("Content-Type: application/json", "{\"error\":{\"message\":\"")
                    .contains("\"type\":\"" + type + "\",\"param\":null,\"code\":\"" + code + "\",\"request_id\":\"");
            assertThat(problem + openAi).doesNotContain("hunter");
            assertThat(problem.contains("WWW-Authenticate: Bearer")).isEqualTo(status == 401);
            assertThat(log.line("failing")).contains(" status=" + status + " ");
            assertThat(log.all()).doesNotContain("hunter");
        }
    }

    @Test
    void noAnswerAtAllIsAFailure() throws Exception {
        try (RawConnection connection = server.raw()) {
            connection.send(Promises.post("/later"));
            promises.next().later().success();

            assertThat(connection.answer()).contains(" 500 ", "internal_error");
        }
    }

    @Test
    void whoWaitsIsNotIdle() throws Exception {
        restart(Promises.limits(Duration.ofMillis(300)));
        try (RawConnection waits = server.raw()) {
            waits.send(Promises.post("/later"));
            Promise promise = promises.next();
            for (int i = 0; i < 3; i++) {
                try (RawConnection idle = server.raw()) {
                    assertThat(idle.rest()).as("closed for being idle").isEmpty();
                }
            }

            assertThat(promise.isLetGo()).isFalse();
            promise.later().success(Reply.ok(Map.of("late", true)));
            assertThat(waits.answer()).contains(" 200 ", "{\"late\":true}");
        }
    }

    @Test
    void waitingKeepsNoThread() throws Exception {
        List<RawConnection> waiting = new ArrayList<>();
        for (int i = 0; i < MORE_THAN_THERE_ARE_THREADS; i++) {
            waiting.add(server.raw().send(Promises.post("/later")));
        }
        List<Promise> owed = new ArrayList<>();
        for (int i = 0; i < waiting.size(); i++) {
            owed.add(promises.next());
        }

        assertThat(server.owner("acme").get("/healthz").status()).isEqualTo(200);
        owed.forEach(promise -> promise.later().success(Reply.ok(Map.of())));
        for (RawConnection connection : waiting) {
            assertThat(connection.status()).isEqualTo(200);
            connection.close();
        }
    }

    @Test
    void aServerThatStopsWaitsForTheAnswer() throws Exception {
        try (RawConnection connection = server.raw()) {
            int port = server.port();
            connection.send(Promises.post("/later"));
            Promise promise = promises.next();
            CompletableFuture<Void> stopping =
                    CompletableFuture.runAsync(() -> server.server().stop());
            awaitStopping(port);
            promise.later().success(Reply.ok(Map.of()));

            assertThat(connection.answer()).contains(" 200 ", "Connection: close");
            stopping.join();
            assertThat(promise.isLetGo()).isFalse();
        }
    }

    @Test
    void aServerThatCannotWaitAnyLongerLetsGoOfTheAnswer() throws Exception {
        restart(Promises.LIMITS.stoppingIn(Duration.ofMillis(500)));
        try (RawConnection connection = server.raw()) {
            connection.send(Promises.post("/later", "X-Request-Id: stopped"));
            Promise promise = promises.next();
            server.server().stop();

            promise.awaitLetGo();
            assertThat(connection.rest()).isEmpty();
            assertThat(log.line("stopped")).contains(" status=503 ", "cut_off=server");
        }
    }

    private static void awaitStopping(int port) {
        Waiting.until("no more connections are taken", () -> {
            try (RawConnection late = new RawConnection(port)) {
                return late.send(Promises.get("/healthz")).status() != 200;
            } catch (IOException e) {
                return true;
            }
        });
    }

    @Test
    void theActionIsToldWhatItNeedsAndTheLogWhoItWas() throws Exception {
        try (RawConnection connection = server.raw()) {
            connection.send(Promises.post(
                    "/v1/later", "X-Request-Id: whose", "X-Tenant-Id: acme", "Authorization: Bearer ck_1"));
            Promise promise = promises.next();

            assertThat(promise.call().requestId()).isEqualTo("whose");
            assertThat(promise.call().bearer()).contains("ck_1");
            assertThat(promise.call().tenantHeader()).contains("acme");
            promise.call().identified(TestServer.actor("acme", Role.MEMBER));
            promise.later().success(Reply.ok(Map.of()));
            assertThat(connection.status()).isEqualTo(200);
            assertThat(log.line("whose")).contains("tenant=acme", "subject=member@acme.example");
        }
    }

    @Test
    void headHasNoBody() throws Exception {
        try (RawConnection connection = server.raw()) {
            connection.send("HEAD /later HTTP/1.1\r\nHost: localhost\r\n\r\n");
            promises.next().later().success(Reply.ok(Map.of("a", 1)));
            assertThat(connection.until("\r\n\r\n")).startsWith("HTTP/1.1 200 ").contains("Content-Length: 7");

            connection.send(Promises.get("/later"));
            promises.next().later().success(Reply.ok(Map.of("b", 1)));
            assertThat(connection.answer()).startsWith("HTTP/1.1 200 ").endsWith("{\"b\":1}");
        }
    }
}
