package dev.chatelaine.mcp.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.http.server.ChatelaineServer;
import dev.chatelaine.http.server.HttpOptions;
import dev.chatelaine.mcp.entry.LocalEntryDesk;
import dev.chatelaine.mcp.tool.Tools;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Role;
import dev.chatelaine.vault.access.TenantId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class IdleSessionsIT {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String INITIALIZE = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":"
            + "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}";

    @Test
    void aSessionThatNobodyUsesIsEndedAndOneInUseIsKept() throws Exception {
        try (Running running = new Running(IDLE)) {
            String used = running.open();
            String unused = running.open();
            long giveUp = System.nanoTime() + PATIENCE.toNanos();

            // To ask whether a session is there is to use it: so it is not asked before it has been idle for longer.
            int status = 200;
            while (status == 200 && System.nanoTime() < giveUp) {
                running.use(used, IDLE.multipliedBy(3));
                status = running.ping(unused);
            }

            assertThat(status).isEqualTo(404);
            assertThat(running.ping(used)).isEqualTo(200);
        }
    }

    /** A server whose sessions may be idle for so long. */
    private static final class Running implements AutoCloseable {
        private final HttpMcp mcp;
        private final ChatelaineServer server;

        Running(Duration idle) {
            HttpOptions options = HttpOptions.loopback(0);
            Supplier<Vault> vault = () -> {
                throw new AssertionError("no vault is needed");
            };
            LocalEntryDesk desk = new LocalEntryDesk(vault, new SecureRandom(), null);
            mcp = new HttpMcp(
                    new Tools(vault, false, false), desk, vault, false, options.allowedHosts(), Set.of(), idle);
            server = new ChatelaineServer(
                    options,
                    List.of(),
                    mcp.mounts(),
                    credentials ->
                            new Actor("ada", new TenantId("acme"), Set.of(Role.VIEWER), credentials.channel(), null),
                    new SecureRandom());
            server.start();
        }

        String open() throws IOException, InterruptedException {
            return post("", INITIALIZE).headers().firstValue("Mcp-Session-Id").orElseThrow();
        }

        int ping(String session) throws IOException, InterruptedException {
            return post(session, "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"ping\"}")
                    .statusCode();
        }

        /** Asks again and again for so long, and finds the session there each time. */
        void use(String session, Duration time) throws IOException, InterruptedException {
            long end = System.nanoTime() + time.toNanos();
            while (System.nanoTime() < end) {
                assertThat(ping(session)).isEqualTo(200);
            }
        }

        private HttpResponse<String> post(String session, String body) throws IOException, InterruptedException {
            HttpRequest request =
                    request(session).POST(BodyPublishers.ofString(body)).build();
            return CLIENT.send(request, BodyHandlers.ofString());
        }

        private HttpRequest.Builder request(String session) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.address() + "/mcp"))
                    .header("Content-Type", "application/json")
                    .header("Accept", "application/json, text/event-stream");
            return session.isEmpty() ? request : request.header("Mcp-Session-Id", session);
        }

        @Override
        public void close() {
            mcp.close();
            server.close();
        }
    }
}
