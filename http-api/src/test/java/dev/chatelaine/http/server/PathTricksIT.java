package dev.chatelaine.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.http.RawConnection;
import dev.chatelaine.http.TestServer;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathTricksIT {
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/healthz/..;/api/secrets",
                "/healthz;/../api/secrets",
                "/healthz;x=1",
                "/api/secrets;jsessionid=1",
                "/healthz/../api/secrets",
                "/healthz/%2e%2e/api/secrets",
                "/healthz/%2E./api/secrets",
                "/healthz%2f..%2fapi%2fsecrets",
                "/api%2Fsecrets",
                "/api/secrets/a%2Fb",
                "/api/secrets/a%5Cb",
                "/api/secrets/a%00",
                "/api/secrets/%00",
                "/api/secrets/a%0d%0aX: y",
                "/api//secrets",
                "//api/secrets",
                "/api/secrets/%252e%252e",
                "/api/secrets/%u002e",
                "/api/secrets/%c0%ae",
                "/api/secrets/%zz",
                "/api/secrets/./a",
                "api/secrets",
                "*",
            })
    void isRefusedBeforeAnybodyIsAskedWhoTheyAre(String path) throws IOException {
        try (RawConnection connection = server.raw()) {
            String answer = connection
                    .send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer acme:owner\r\n\r\n")
                    .answer();
            assertThat(RawConnection.status(answer)).as(answer).isEqualTo(400);
            assertThat(answer)
                    .contains("application/problem+json", "\"code\":\"malformed_request\"", "nosniff", "no-store");
        }
    }
}
