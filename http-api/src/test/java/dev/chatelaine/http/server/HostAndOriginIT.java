package dev.chatelaine.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.http.RawConnection;
import dev.chatelaine.http.TestServer;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostAndOriginIT {
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start(
                TestServer.loopback(TestServer.QUICK), List.of(), List.of(new Mount("/mcp", new Silent())));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static final class Silent extends HttpServlet {
        private static final long serialVersionUID = 1L;
    }

    /** Every route, a servlet's, one that is not there, a request for events and one for a WebSocket. */
    static Stream<String> requests() {
        return Stream.concat(
                server.routes().stream()
                        .map(route -> route.method() + " " + route.template().replaceAll("\\{[a-z]+}", "a")
                                + " HTTP/1.1\r\n"),
                Stream.of(
                        "POST /mcp HTTP/1.1\r\n",
                        "GET /nothing HTTP/1.1\r\n",
                        "OPTIONS /api/secrets HTTP/1.1\r\nAccess-Control-Request-Method: POST\r\n",
                        "GET /mcp HTTP/1.1\r\nAccept: text/event-stream\r\n",
                        String.join(
                                "\r\n",
                                "GET /mcp HTTP/1.1",
                                "Connection: Upgrade",
                                "Upgrade: websocket",
                                "Sec-WebSocket-Version: 13",
                                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                                "")));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void aForeignHostIsRefusedBeforeAnythingElse(String request) throws IOException {
        assertThat(answer(request + "Host: evil.example\r\n")).contains(" 403 ", "\"code\":\"host_refused\"");
    }

    @ParameterizedTest
    @MethodSource("requests")
    void aForeignOriginIsRefusedBeforeAnythingElse(String request) throws IOException {
        assertThat(answer(request + "Host: localhost\r\nOrigin: https://evil.example\r\n"))
                .contains(" 403 ", "\"code\":\"origin_refused\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: localhost.evil.example",
                "Host: evil.example:80",
                "Host: 127.0.0.1.evil.example",
                "Host: localhost:99999999",
                "Host: 0.0.0.0",
                "Host: localhost.",
                "Host: 127.1",
                "Host: [::ffff:127.0.0.1]",
                "Host: localhost\r\nOrigin: null",
                "Host: localhost\r\nOrigin: http://localhost.evil.example",
                "Host: localhost\r\nOrigin: https://localhost",
                "Host: localhost\r\nOrigin: http://localhost:1",
                "Host: localhost\r\nOrigin: http://console.example",
                "Host: localhost\r\nOrigin: https://console.example\r\nOrigin: https://evil.example",
                "Host: localhost\r\nOrigin: ",
            })
    void aHostOrOriginThatOnlyLooksRightIsRefused(String headers) throws IOException {
        String answer = answer("GET /healthz HTTP/1.1\r\n" + headers + "\r\n");

        assertThat(RawConnection.status(answer)).as(answer).isIn(400, 403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: localhost",
                "Host: LOCALHOST:8080",
                "Host: 127.0.0.1:1",
                "Host: [::1]:8080",
                "Host: localhost\r\nOrigin: https://console.example",
                "Host: localhost\r\nOrigin: https://Console.example",
                "Host: localhost:80\r\nOrigin: http://localhost:80",
            })
    void ownNamesAndAllowedOriginsPass(String headers) throws IOException {
        assertThat(answer("GET /healthz HTTP/1.1\r\n" + headers + "\r\n")).contains(" 200 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /healthz HTTP/1.1\r\n",
                "GET /healthz HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n",
                "GET http://evil.example/healthz HTTP/1.1\r\nHost: localhost\r\n",
                "GET http://localhost/healthz HTTP/1.1\r\nHost: evil.example\r\n",
                "GET /healthz HTTP/1.0\r\n",
            })
    void aRequestWithoutOneClearHostIsRefused(String request) throws IOException {
        assertThat(RawConnection.status(answer(request))).isIn(400, 403);
    }

    @Test
    void nobodyIsAskedWhoTheyAreOnAForeignHost() throws IOException {
        int before = server.seen().size();
        answer("GET /api/secrets HTTP/1.1\r\nHost: evil.example\r\nAuthorization: Bearer acme:owner\r\n");

        assertThat(server.seen()).hasSize(before);
    }

    private static String answer(String request) throws IOException {
        try (RawConnection connection = server.raw()) {
            return connection.send(request + "\r\n").answer();
        }
    }
}
