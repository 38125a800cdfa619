package dev.chatelaine.mcp.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.mcp.serve.Served.WayIn;
import dev.chatelaine.vault.access.Role;
import io.modelcontextprotocol.client.McpSyncClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
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
        int port = Nginx.freePort();
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
}
