package dev.chatelaine.mcp.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.mcp.serve.Wire.Stream2024;
import dev.chatelaine.vault.access.Role;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions belong to those who open them, and begin as the protocol says. */
class McpSessionsIT {
    @TempDir
    private static Path home;

    private static Served served;
    private static Wire wire;
    private static String ada = "";
    private static String bob = "";
    private static String rival = "";

    @BeforeAll
    static void start() {
        served = Served.in(home);
        wire = new Wire(served);
        ada = served.token("acme", "ada", Role.MEMBER);
        bob = served.token("acme", "bob", Role.OWNER);
        rival = served.token("rival", "ada", Role.OWNER);
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    private static int list(String token, String session) {
        return wire.post("/mcp", token, Wire.LIST, Map.of("Mcp-Session-Id", session))
                .statusCode();
    }

    private static int end(String token, String session) {
        return wire.send("DELETE", "/mcp", token, Map.of("Mcp-Session-Id", session))
                .statusCode();
    }

    @Test
    void aSessionIsNotThereForAnothersToken() {
        String session = wire.open(ada);

        assertThat(list(ada, session)).isEqualTo(200);
        for (String other : new String[] {bob, rival}) {
            assertThat(list(other, session)).isEqualTo(404);
            assertThat(end(other, session)).isEqualTo(404);
            assertThat(wire.send("GET", "/mcp", other, Map.of("Mcp-Session-Id", session))
                            .statusCode())
                    .isEqualTo(404);
        }
        assertThat(list(ada, "nosuchsession")).isEqualTo(404);
        assertThat(list("", session)).isEqualTo(401);
        assertThat(end(ada, session)).isEqualTo(200);
        assertThat(list(ada, session)).isEqualTo(404);
    }

    @Test
    void anothersTokenIsToldNothingThatAMissingSessionIsNot() {
        HttpResponse<String> anothers = wire.post("/mcp", rival, Wire.LIST, Map.of("Mcp-Session-Id", wire.open(ada)));
        HttpResponse<String> missing = wire.post("/mcp", rival, Wire.LIST, Map.of("Mcp-Session-Id", "nosuchsession"));

        assertThat(withoutId(anothers)).isEqualTo(withoutId(missing));
        assertThat(anothers.headers().map().keySet())
                .isEqualTo(missing.headers().map().keySet());
    }

    @Test
    void aNewTokenOfTheSamePersonGoesOnWithTheSession() {
        assertThat(list(served.token("acme", "ada", Role.VIEWER), wire.open(ada)))
                .isEqualTo(200);
    }

    @Test
    void aStreamIsNotThereForAnothersToken() {
        try (Stream2024 stream = wire.openStream(ada)) {
            assertThat(wire.post(stream.messages(), bob, Wire.INITIALIZE, Map.of())
                            .statusCode())
                    .isEqualTo(404);
            assertThat(wire.post(stream.messages(), rival, Wire.INITIALIZE, Map.of())
                            .statusCode())
                    .isEqualTo(404);
            assertThat(wire.post(stream.messages(), ada, Wire.INITIALIZE, Map.of())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    /** Each transport looks for the session in one place; a session of one's own in the other place opens nothing. */
    @Test
    void ownershipIsAskedOfTheSessionThatIsUsed() {
        String own = wire.open(rival);
        try (Stream2024 stream = wire.openStream(ada)) {
            assertThat(wire.post(stream.messages(), rival, Wire.INITIALIZE, Map.of("Mcp-Session-Id", own))
                            .statusCode())
                    .isEqualTo(404);
        }
        String anothers = wire.open(ada);
        assertThat(wire.post("/mcp?sessionId=" + own, rival, Wire.LIST, Map.of("Mcp-Session-Id", anothers))
                        .statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                Wire.LIST,
                Wire.INITIALIZED,
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"manage_secrets\"}}",
            })
    void whatComesBeforeTheHandshakeIsRefusedAndHoldsNoThread(String early) {
        try (Stream2024 stream = wire.openStream(ada)) {
            assertThat(wire.post(stream.messages(), ada, early, Map.of()).statusCode())
                    .isEqualTo(400);
            wire.post(stream.messages(), ada, Wire.INITIALIZE, Map.of());
            assertThat(wire.post(stream.messages(), ada, Wire.LIST, Map.of()).statusCode())
                    .isEqualTo(400);
            wire.post(stream.messages(), ada, Wire.INITIALIZED, Map.of());
            assertThat(wire.post(stream.messages(), ada, Wire.LIST, Map.of()).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void aNotificationThatWouldMakeTheServerAskBackIsPassedOver() {
        String session = wire.open(ada);
        String changed = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/roots/list_changed\"}";

        assertThat(wire.post("/mcp", ada, changed, Map.of("Mcp-Session-Id", session))
                        .statusCode())
                .isEqualTo(202);
        assertThat(list(ada, session)).isEqualTo(200);
    }

    private static String withoutId(HttpResponse<String> answer) {
        return answer.statusCode() + answer.body().replaceAll("\"request_id\":\"[^\"]*\"", "");
    }
}
