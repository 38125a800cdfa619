package dev.chatelaine.mcp.serve;

import dev.chatelaine.http.server.HttpOptions.TlsFiles;
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
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The real service over a real vault with the tenants {@code acme} and {@code rival}, and the SDK's clients of it. */
@SuppressWarnings("deprecation") // HTTP+SSE, which older hosts still speak
final class Served implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path home;
    private final Map<String, String> environment;
    private final LocalVault local;
    private HttpService service;

    /** How a client comes in. */
    enum WayIn {
        STREAMABLE,
        SSE
    }

    private Served(Path home, Map<String, String> environment, @Nullable TlsFiles tls) {
        this.home = home;
        this.environment = environment;
        this.local = new LocalVault(settings(Map.of()), Clock.systemUTC(), RANDOM);
        Actor operator = local.actor(Channel.CLI);
        local.get().tenants().create(operator, new TenantId("acme"), "pro");
        local.get().tenants().create(operator, new TenantId("rival"), "pro");
        this.service = serve(settings(Map.of()), tls);
    }

    static Served in(Path home) {
        return new Served(home, Map.of(), null);
    }

    static Served in(Path home, Map<String, String> environment) {
        return new Served(home, environment, null);
    }

    static Served withTls(Path home, TlsFiles files) {
        return new Served(home, Map.of(), files);
    }

    /** Ends the service and begins another one over the same vault, with these settings too. */
    void again(Map<String, String> more) {
        service.close();
        service = serve(settings(more), null);
    }

    /** Another service over the same vault, which the caller closes. */
    HttpService anotherNode() {
        return serve(settings(Map.of()), null);
    }

    HttpService service() {
        return service;
    }

    URI address(String path) {
        return URI.create(service.address() + path);
    }

    Vault vault() {
        return local.get();
    }

    /** The user whom the console's links sign in. */
    Actor localOwner() {
        return local.actor(Channel.MCP);
    }

    static Actor actor(String tenant, Role role) {
        return new Actor(role.label(), new TenantId(tenant), Set.of(role), Channel.MCP, null);
    }

    String token(String tenant, String subject, Role role) {
        Actor operator = new Actor("op", new TenantId(tenant), Set.of(Role.OWNER), Channel.CLI, null);
        return Identity.local(new ServeSettings(settings(Map.of())), vault(), new Ids(RANDOM), Clock.systemUTC())
                .issue(operator, subject, Set.of(role), Duration.ofMinutes(10))
                .token();
    }

    McpSyncClient client(WayIn way, String token) {
        return client(way, token, HttpClient.newBuilder());
    }

    McpSyncClient client(WayIn way, String token, HttpClient.Builder http) {
        return client(way, service.address(), token, http);
    }

    /** A client of what is at another address. */
    McpSyncClient client(WayIn way, URI address, String token) {
        return client(way, address, token, HttpClient.newBuilder());
    }

    private static McpSyncClient client(WayIn way, URI address, String token, HttpClient.Builder http) {
        String base = address.toString();
        HttpRequest.Builder authorized = HttpRequest.newBuilder().header("Authorization", "Bearer " + token);
        McpClientTransport transport = way == WayIn.SSE
                ? HttpClientSseClientTransport.builder(base)
                        .clientBuilder(http)
                        .requestBuilder(authorized)
                        .build()
                : HttpClientStreamableHttpTransport.builder(base)
                        .clientBuilder(http)
                        .requestBuilder(authorized)
                        .build();
        return McpClient.sync(transport).requestTimeout(Duration.ofSeconds(30)).build();
    }

    static CallToolResult call(McpSyncClient client, String tool, Map<String, Object> arguments) {
        return client.callTool(
                CallToolRequest.builder(tool).arguments(arguments).build());
    }

    private static HttpService serve(Settings settings, @Nullable TlsFiles tls) {
        return HttpService.start(settings, new Listening("127.0.0.1", 0, tls, null), Clock.systemUTC(), RANDOM);
    }

    private Settings settings(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(more);
        all.put("CHATELAINE_HOME", home.toString());
        return new Settings(Map.of(), all, "Linux", home);
    }

    @Override
    public void close() {
        service.close();
        local.close();
    }
}
