package dev.chatelaine.mcp.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.http.EventsClient;
import dev.chatelaine.http.RestClient;
import dev.chatelaine.http.RestClient.Answer;
import dev.chatelaine.mcp.serve.TwoNodes.Running;
import dev.chatelaine.vault.FreePort;
import dev.chatelaine.vault.PostgresServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database of two nodes stops for a while. */
class DatabaseOutageIT {
    private static final int ATTEMPTS = 200;

    @TempDir
    private Path home;

    @TempDir
    private Path data;

    @Test
    void requestsAreRefusedWithAHintWhenToComeBackSocketsStayAndAllGoesOn() throws Exception {
        int port = FreePort.next();
        PostgresServer server = PostgresServer.start(data, port);
        String database = server.create("outage");
        try (TwoNodes nodes = new TwoNodes(home, database, Map.of())) {
            URI here = nodes.one().address();
            RestClient owner = nodes.owner(nodes.other().address());
            RestClient reader = nodes.owner(here);
            Running session = TwoNodes.start(owner, "bot");
            try (EventsClient runtime = session.listen(here)) {
                assertThat(runtime.told()).isEqualTo("hello 1");
                server.close();

                assertRefused(reader.get("/api/secrets"));
                assertRefused(owner.post("/api/secrets", "{\"name\":\"lost\",\"value\":\"v\"}"));
                assertRefused(session.env(here));
                assertThat(runtime.isQuiet()).isTrue();

                server = PostgresServer.start(data, port);
                awaitService(reader);
                awaitService(owner);
                assertThat(owner.get("/api/secrets/lost").status()).isEqualTo(404);
                assertThat(TwoNodes.put(owner, "bot", "afterwards").status()).isEqualTo(200);
                assertThat(runtime.told()).isEqualTo("config_update [KEY] 2");
            }
        } finally {
            server.close();
        }
    }

    private static void assertRefused(Answer answer) {
        assertThat(answer.status()).as(answer.all()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("vault_unavailable");
        assertThat(answer.header("Retry-After")).matches("[1-9][0-9]*");
    }

    private static void awaitService(RestClient client) {
        int attempt = 0;
        while (client.get("/api/secrets").status() != 200) {
            assertThat(++attempt).as("attempts after the database is back").isLessThan(ATTEMPTS);
        }
    }
}
