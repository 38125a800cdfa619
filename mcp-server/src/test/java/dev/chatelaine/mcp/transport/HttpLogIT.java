package dev.chatelaine.mcp.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients send does not come into the log of the real program, however talkative somebody wants it. */
class HttpLogIT {
    private static final String CANARY = "canary-4Jt8-log-Wq93";
    private static final String LOG = "-Dorg.slf4j.simpleLogger.";

    @TempDir
    private Path home;

    @Test
    void theUsualLogHasIdsOnly() throws Exception {
        check(List.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"trace", "debug"})
    void noLevelMakesItSayMore(String level) throws Exception {
        check(List.of(
                LOG + "defaultLogLevel=" + level,
                LOG + "log.org=" + level,
                LOG + "log.org.eclipse.jetty=" + level,
                LOG + "log.org.eclipse.jetty.http=" + level,
                LOG + "log.org.eclipse.jetty.http.HttpParser=" + level,
                LOG + "log.org.eclipse.jetty.util.HostPort=" + level,
                LOG + "log.org.eclipse.jetty.server=" + level,
                LOG + "log.io.modelcontextprotocol=" + level,
                LOG + "log.reactor=" + level,
                LOG + "log.dev.chatelaine=" + level));
    }

    private void check(List<String> options) throws Exception {
        try (ServerProcess program = ServerProcess.start(home, Map.of(), options, "serve", "--port", "0")) {
            int port = URI.create(program.line().substring("Chatelaine serves at ".length()))
                    .getPort();
            for (String request : requests()) {
                ask(port, request);
            }
            assertThat(ask(port, "GET /healthz HTTP/1.1\r\nHost: localhost\r\n"))
                    .startsWith("HTTP/1.1 200 ");
            program.terminate();
            program.exitCode(10);

            assertThat(program.standardError())
                    .contains("route=unparsed", "route=/mcp", "route=/healthz status=200")
                    .doesNotContain("canary", "4Jt8");
        }
    }

    /** Each with a text in it that is not to be written down, most of them where the HTTP layer itself stumbles. */
    private static List<String> requests() {
        String authorized = "Host: localhost\r\nAuthorization: Bearer " + CANARY + "\r\n";
        return List.of(
                "POST /mcp HTTP/1.1\r\n" + authorized,
                "GET /sse?token=" + CANARY + " HTTP/1.1\r\n" + authorized,
                "GET /" + CANARY + " HTTP/1.1\r\n" + authorized,
                "GET /mcp HTTP/1.1\r\nHost: " + CANARY + ":port\r\n",
                "GET /mcp HTTP/1.1\r\nHost: [" + CANARY + "\r\n",
                "GET /mcp HTTP/1.1\r\nHost: localhost:" + CANARY + "\r\n",
                "GET /mcp HTTP/1.1\r\nHost: " + CANARY + "@localhost\r\n",
                "GET /mcp HTTP/1.1\r\nHost: a\r\nHost: " + CANARY + "\r\n",
                "GET /mcp HTTP/1.1\r\n" + authorized + CANARY + "\r\n",
                "GET /mcp HTTP/1.1\r\n" + authorized + "X " + CANARY + ": x\r\n",
                "GET /mcp HTTP/1.1\r\n" + authorized + "Content-Length: " + CANARY + "\r\n",
                "GET /mcp HTTP/1.1\r\n" + authorized + "Transfer-Encoding: " + CANARY + "\r\n",
                "GET /mcp HTTP/1.1\r\n" + authorized + "Cookie: " + CANARY + "=\u0001\r\n",
                "GET /mcp HTTP/1.1\r\n" + authorized + "Expect: " + CANARY + "\r\n",
                "GET /mcp HTTP/" + CANARY + "\r\n" + authorized,
                "GET /%zz" + CANARY + " HTTP/1.1\r\n" + authorized,
                "GET http://" + CANARY + ":x/mcp HTTP/1.1\r\n" + authorized,
                CANARY + "\u0000 /mcp HTTP/1.1\r\n" + authorized);
    }

    private static String ask(int port, String head) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write((head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
