package dev.chatelaine.mcp.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.mcp.serve.Served.WayIn;
import dev.chatelaine.vault.FreePort;
import dev.chatelaine.vault.access.Role;
import io.modelcontextprotocol.client.McpSyncClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two nodes on one vault behind a real nginx with the documentation's configuration. */
class NginxIT {
    @TempDir
    private Path home;

    private Served served;
    private HttpService second;
    private Nginx nginx;
    private Wire wire;
    private String token = "";

    @BeforeEach
    void start() throws IOException {
        Nginx.assumeInstalled();
        int port = FreePort.next();
        Map<String, String> published = Map.of("CHATELAINE_PUBLIC_URL", "http://localhost:" + port);
        served = Served.in(home, published);
        second = served.anotherNode();
        Path folder = Files.createDirectory(home.resolve("nginx"));
        nginx = Nginx.start(folder, port, served.service().address(), second.address());
        wire = new Wire(path -> URI.create(nginx.address() + path));
        token = served.token("acme", "ada", Role.OWNER);
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (nginx != null) {
            nginx.close();
            second.close();
            served.close();
        }
    }

    private int list(String session) {
        return wire.post("/mcp", token, Wire.LIST, Map.of("Mcp-Session-Id", session))
                .statusCode();
    }

    @Test
    void everyRequestOfAnMcpSessionComesToTheNodeThatOpenedIt() {
        Set<Character> nodes = new HashSet<>();
        for (int i = 0; i < 6; i++) {
            String session = wire.open(token);
            nodes.add(session.charAt(0));
            assertThat(IntStream.range(0, 4).map(again -> list(session))).containsOnly(200);
        }
        assertThat(nodes).containsExactlyInAnyOrder('a', 'b');
    }

    @Test
    void aSessionOfANodeThatIsGoneIsNotThereAndANewOneIs() {
        List<String> sessions =
                IntStream.range(0, 6).mapToObj(i -> wire.open(token)).toList();

        second.close();

        assertThat(sessions)
                .allSatisfy(session -> assertThat(list(session)).isEqualTo(session.startsWith("a.") ? 200 : 404));
        assertThat(list(wire.open(token))).isEqualTo(200);
    }

    @Test
    void aSessionThatAnotherNodeIsAskedForIsNotThere() {
        String session = wire.open(token);
        String swapped = (session.startsWith("a") ? "b" : "a") + session.substring(1);

        assertThat(list(swapped)).isEqualTo(404);
        assertThat(list(session.substring(2))).as("without a node").isIn(200, 404);
        assertThat(list("c." + session)).isEqualTo(404);
    }

    @ParameterizedTest
    @EnumSource(WayIn.class)
    void theSdksClientWorksThroughIt(WayIn way) {
        for (int i = 0; i < 4; i++) {
            String name = way.name().toLowerCase(Locale.ROOT) + "_" + i;
            try (McpSyncClient client = served.client(way, nginx.address(), token)) {
                client.initialize();
                assertThat(Served.call(
                                        client,
                                        "manage_secrets",
                                        Map.of("action", "create", "name", name, "value", "value-of-" + name))
                                .isError())
                        .isNotEqualTo(true);
                assertThat(Served.call(client, "manage_secrets", Map.of("action", "get", "name", name))
                                .isError())
                        .isNotEqualTo(true);
            }
        }
    }

    @Test
    void restIsAnsweredByEither() {
        for (int i = 0; i < 4; i++) {
            assertThat(wire.post(
                                    "/api/secrets",
                                    token,
                                    "{\"name\":\"rest" + i + "\",\"value\":\"some-value\"}",
                                    Map.of())
                            .statusCode())
                    .isEqualTo(201);
            assertThat(wire.send("GET", "/api/secrets/rest" + i, token, Map.of())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void aReplacedBundleReachesTheSocketsOfBothNodes() throws Exception {
        String values = "\"values\":{\"TOKEN\":\"value-";
        assertThat(wire.post("/v1/tenants/me/secrets", token, "{\"name\":\"bot\"," + values + "one\"}}", Map.of())
                        .statusCode())
                .isEqualTo(201);
        List<BlockingQueue<String>> sockets = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            sockets.add(socket());
        }
        for (BlockingQueue<String> frames : sockets) {
            assertThat(frames.poll(30, TimeUnit.SECONDS)).contains("hello");
        }

        assertThat(wire.put("/v1/tenants/me/secrets/bot", token, "{" + values + "two\"}}")
                        .statusCode())
                .isEqualTo(200);

        for (BlockingQueue<String> frames : sockets) {
            assertThat(frames.poll(30, TimeUnit.SECONDS))
                    .contains("config_update")
                    .contains("TOKEN");
        }
    }

    /** Starts a session and gives what comes on its socket, both by way of the proxy. */
    private BlockingQueue<String> socket() throws Exception {
        String started = wire.post(
                        "/v1/sessions", token, "{\"agent\":{\"kind\":\"t\"},\"secrets\":[\"bot\"]}", Map.of())
                .body();
        BlockingQueue<String> frames = new LinkedBlockingQueue<>();
        WebSocket unused = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Authorization", "Bearer " + found("\"token\":\"([^\"]+)\"", started))
                .buildAsync(URI.create(found("\"events_url\":\"([^\"]+)\"", started)), new WebSocket.Listener() {
                    @Override
                    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
                        frames.add(text.toString());
                        socket.request(1);
                        return null;
                    }
                })
                .get(30, TimeUnit.SECONDS);
        return frames;
    }

    private static String found(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(pattern).isTrue();
        return matcher.group(1);
    }
}
