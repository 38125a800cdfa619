package dev.chatelaine.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.http.RawConnection;
import dev.chatelaine.http.TestServer;
import dev.chatelaine.http.problem.HttpProblem;
import dev.chatelaine.http.problem.Problem;
import dev.chatelaine.http.problem.ProblemException;
import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers that were promised, and fail. */
class LaterFailuresIT {
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
}
