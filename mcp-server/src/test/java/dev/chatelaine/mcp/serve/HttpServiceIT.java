package dev.chatelaine.mcp.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.mcp.config.Settings;
import dev.chatelaine.mcp.local.LocalVault;
import dev.chatelaine.vault.Ids;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Channel;
import dev.chatelaine.vault.access.Role;
import dev.chatelaine.vault.access.TenantId;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientSseClientTransport;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The SDK's own client, with a bearer token, over both ways in. */
@SuppressWarnings("deprecation") // HTTP+SSE, which older hosts still speak
class HttpServiceIT {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String INITIALIZE = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":"
            + "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}";
    private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}";

    @TempDir
    private Path home;

    private HttpService service;

    private enum WayIn {
        STREAMABLE,
        SSE
    }

    @BeforeEach
    void start() {
        Settings settings = settings(Map.of());
        try (LocalVault local = new LocalVault(settings, Clock.systemUTC(), new SecureRandom())) {
            Actor operator = local.actor(Channel.CLI);
            local.get().tenants().create(operator, new TenantId("acme"), "pro");
            local.get().tenants().create(operator, new TenantId("rival"), "pro");
        }
        service = serve(settings);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private static HttpService serve(Settings settings) {
        return HttpService.start(
                settings, new Listening("127.0.0.1", 0, null, null), Clock.systemUTC(), new SecureRandom());
    }

    private Settings settings(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("CHATELAINE_HOME", home.toString());
        return new Settings(Map.of(), environment, "Linux", home);
    }

    private String token(String tenant, String subject, Role role) {
        Settings settings = settings(Map.of());
        try (LocalVault local = new LocalVault(settings, Clock.systemUTC(), new SecureRandom())) {
            Vault vault = local.get();
            Actor operator = new Actor("op", new TenantId(tenant), Set.of(Role.OWNER), Channel.CLI, null);
            return Identity.local(new ServeSettings(settings), vault, new Ids(new SecureRandom()), Clock.systemUTC())
                    .issue(operator, subject, Set.of(role), Duration.ofMinutes(5))
                    .token();
        }
    }

    private McpSyncClient client(WayIn way, String token) {
        String base = service.address().toString();
        HttpRequest.Builder authorized = HttpRequest.newBuilder().header("Authorization", "Bearer " + token);
        McpClientTransport transport = way == WayIn.SSE
                ? HttpClientSseClientTransport.builder(base)
                        .requestBuilder(authorized)
                        .build()
                : HttpClientStreamableHttpTransport.builder(base)
                        .requestBuilder(authorized)
                        .build();
        return McpClient.sync(transport).requestTimeout(Duration.ofSeconds(20)).build();
    }

    private static CallToolResult secrets(McpSyncClient client, Map<String, Object> arguments) {
        return client.callTool(
                CallToolRequest.builder("manage_secrets").arguments(arguments).build());
    }

    @ParameterizedTest
    @EnumSource
    void theToolsWorkForWhoeverTheTokenNames(WayIn way) {
        try (McpSyncClient acme = client(way, token("acme", "ada", Role.MEMBER));
                McpSyncClient rival = client(way, token("rival", "eve", Role.VIEWER))) {
            assertThat(acme.initialize().serverInfo().name()).isEqualTo("chatelaine");
            assertThat(acme.listTools().tools()).hasSize(3);
            rival.initialize();

            CallToolResult stored =
                    secrets(acme, Map.of("action", "create", "name", "db", "value", "hunter2-hunter2-hunter2"));
            assertThat(stored.isError()).as(stored.toString()).isFalse();
            assertThat(String.valueOf(secrets(rival, Map.of("action", "get", "name", "db"))))
                    .contains("secret_not_found");
            assertThat(String.valueOf(secrets(rival, Map.of("action", "delete", "name", "db"))))
                    .contains("permission_denied");
        }
    }

    @Test
    void aSessionIsNotThereForAnothersToken() throws Exception {
        String ada = token("acme", "ada", Role.MEMBER);
        String session =
                post(ada, "", INITIALIZE).headers().firstValue("Mcp-Session-Id").orElseThrow();

        assertThat(post(ada, session, LIST).statusCode()).isEqualTo(200);
        assertThat(post(token("acme", "bob", Role.OWNER), session, LIST).statusCode())
                .isEqualTo(404);
        assertThat(post(token("rival", "ada", Role.OWNER), session, LIST).statusCode())
                .isEqualTo(404);
        assertThat(post(ada, "nosuchsession", LIST).statusCode()).isEqualTo(404);
        assertThat(post("", session, LIST).statusCode()).isEqualTo(401);
        assertThat(end(token("acme", "bob", Role.OWNER), session)).isEqualTo(404);
        assertThat(end(ada, session)).isEqualTo(200);
        assertThat(post(ada, session, LIST).statusCode()).isEqualTo(404);
    }

    @Test
    void readOnlyIsReadOnlyOnEveryWayIn() throws Exception {
        String ada = token("acme", "ada", Role.OWNER);
        service.close();
        service = serve(settings(Map.of("CHATELAINE_READ_ONLY", "true")));

        HttpResponse<String> stored = send("/api/secrets", ada, "", "{\"name\":\"a\",\"value\":\"b\"}");

        assertThat(stored.statusCode()).isEqualTo(405);
        try (McpSyncClient client = client(WayIn.STREAMABLE, ada)) {
            client.initialize();
            assertThat(String.valueOf(secrets(client, Map.of("action", "delete", "name", "a"))))
                    .contains("read_only");
        }
    }

    @Test
    void closingEndsOpenSessionsInTime() {
        McpSyncClient open = client(WayIn.SSE, token("acme", "ada", Role.MEMBER));
        open.initialize();
        long began = System.nanoTime();

        service.close();

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(8));
        open.close();
    }

    @Test
    void noSessionOfAnOlderHostIsThereForAnothersToken() throws Exception {
        String ada = token("acme", "ada", Role.MEMBER);
        HttpRequest opening = HttpRequest.newBuilder(URI.create(service.address() + "/sse"))
                .header("Authorization", "Bearer " + ada)
                .build();
        HttpResponse<Stream<String>> stream = CLIENT.send(opening, BodyHandlers.ofLines());
        try (Stream<String> lines = stream.body()) {
            String messages = lines.filter(line -> line.startsWith("data: "))
                    .findFirst()
                    .orElseThrow()
                    .substring("data: ".length());

            assertThat(send(messages, token("acme", "bob", Role.OWNER), "", INITIALIZE)
                            .statusCode())
                    .isEqualTo(404);
            assertThat(send(messages, ada, "", INITIALIZE).statusCode()).isEqualTo(200);
        }
    }

    private int end(String token, String session) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(service.address() + "/mcp"))
                .header("Authorization", "Bearer " + token)
                .header("Mcp-Session-Id", session)
                .DELETE()
                .build();
        return CLIENT.send(request, BodyHandlers.discarding()).statusCode();
    }

    private HttpResponse<String> post(String token, String session, String body)
            throws IOException, InterruptedException {
        return send("/mcp", token, session, body);
    }

    private HttpResponse<String> send(String path, String token, String session, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(service.address() + path))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (!session.isEmpty()) {
            request.header("Mcp-Session-Id", session);
        }
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }
}
