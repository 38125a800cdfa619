package dev.chatelaine.mcp.transport;

import dev.chatelaine.http.server.HttpLimits;
import dev.chatelaine.http.server.Mount;
import dev.chatelaine.mcp.entry.EntryDesk;
import dev.chatelaine.mcp.tool.Tools;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.access.Actor;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.server.McpAsyncServer;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServer.AsyncSpecification;
import io.modelcontextprotocol.server.transport.DefaultServerTransportSecurityValidator;
import io.modelcontextprotocol.server.transport.HttpServletSseServerTransportProvider;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/**
 * MCP over HTTP: Streamable HTTP at {@code /mcp}, and HTTP+SSE at {@code /sse} and {@code /messages} for older hosts.
 * Each call is made by whoever its own request's token names, in a session that only its opener can use.
 */
@SuppressWarnings("deprecation") // HTTP+SSE, which older hosts still speak
public final class HttpMcp implements AutoCloseable {
    /** Many wait for a provider that verifies a key; the vault itself takes far less. */
    private static final int CALLS_AT_ONCE = 32;

    private static final String ACTOR = "actor";
    private static final String SESSION = "Mcp-Session-Id";
    private static final String SESSION_PARAMETER = "sessionId";
    private static final Duration KEPT_ALIVE = Duration.ofSeconds(15);
    private static final Duration IDLE = Duration.ofMinutes(10);
    private static final Duration LAST_CALLS = Duration.ofSeconds(3);
    private static final Duration LAST_WORDS = Duration.ofMillis(500);

    private final CallThreads calls = new CallThreads(CALLS_AT_ONCE);
    private final McpJsonMapper json = new HttpJsonMapper();
    private final SessionOwners owners = new SessionOwners();
    private final DefaultServerTransportSecurityValidator validator;
    private final List<Mount> mounts;
    private final List<McpAsyncServer> servers;

    /**
     * The ways in to these tools.
     *
     * @param desk where people enter values
     * @param vault what the tools work on
     * @param readOnly whether the tools show nothing that changes the vault
     * @param hosts the names and addresses, without ports, that a {@code Host} header may have
     * @param origins origins besides the server's own from which pages may call
     */
    public HttpMcp(
            Tools tools,
            EntryDesk desk,
            Supplier<Vault> vault,
            boolean readOnly,
            Set<String> hosts,
            Set<String> origins) {
        this(tools, desk, vault, readOnly, hosts, origins, IDLE);
    }

    /** With another time after which a session that nobody used for so long is ended, at the latest after two. */
    HttpMcp(
            Tools tools,
            EntryDesk desk,
            Supplier<Vault> vault,
            boolean readOnly,
            Set<String> hosts,
            Set<String> origins,
            Duration idle) {
        this.validator = validator(hosts, origins);
        HttpServletStreamableServerTransportProvider streamable = streamable(idle);
        HttpServletSseServerTransportProvider sse = sse();
        this.mounts = List.of(
                mount(
                        "/mcp",
                        new CheckedMessages(
                                streamable, json, List.of("GET", "POST", "DELETE"), (request, message) -> true),
                        request -> request.getHeader(SESSION)),
                mount(
                        "/sse",
                        new CheckedMessages(sse, json, List.of("GET"), (request, message) -> true),
                        request -> null),
                mount(
                        "/messages",
                        new CheckedMessages(sse, json, List.of("POST"), this::inTurn),
                        request -> request.getParameter(SESSION_PARAMETER)));
        this.servers = List.of(
                server(McpServer.async(new OwnedStreamableTransport(streamable, owners)), tools, desk, vault, readOnly),
                server(McpServer.async(sse), tools, desk, vault, readOnly));
    }

    private McpAsyncServer server(
            AsyncSpecification<?> specification, Tools tools, EntryDesk desk, Supplier<Vault> vault, boolean readOnly) {
        AtomicReference<McpAsyncServer> built = new AtomicReference<>();
        PersonAsked people = new PersonAsked(
                desk,
                vault,
                (session, notification) -> Objects.requireNonNull(built.get(), "calls come later")
                        .sendElicitationComplete(session, notification),
                Schedulers.fromExecutor(calls),
                PersonAsked.Patience.USUAL);
        ToolBridge bridge = new ToolBridge(() -> tools, HttpMcp::actor, calls, () -> people);
        McpAsyncServer server = ServerShape.give(specification.jsonMapper(json), bridge, readOnly)
                .build();
        built.set(server);
        return server;
    }

    /** The servlets and their paths. */
    public List<Mount> mounts() {
        return mounts;
    }

    /** Takes no more calls, gives those under way 3 s to be answered, and ends all sessions. */
    @Override
    public void close() {
        calls.finish(LAST_CALLS);
        for (McpAsyncServer server : servers) {
            server.closeGracefully().onErrorComplete().block(LAST_WORDS);
        }
    }

    private Mount mount(String path, Servlet transport, Function<HttpServletRequest, @Nullable String> session) {
        return new Mount(path, new OwnedSessions(transport, owners, session));
    }

    private boolean inTurn(HttpServletRequest request, JSONRPCMessage message) {
        String session = request.getParameter(SESSION_PARAMETER);
        Handshake handshake = session == null ? null : owners.handshake(session);
        return handshake == null || handshake.admits(message);
    }

    private HttpServletStreamableServerTransportProvider streamable(Duration idle) {
        return HttpServletStreamableServerTransportProvider.builder()
                .jsonMapper(json)
                .mcpEndpoint("/mcp")
                .contextExtractor(HttpMcp::context)
                .httpHeaderValidator(validator)
                .maxRequestSize(HttpLimits.LONGEST_BODY)
                .keepAliveInterval(KEPT_ALIVE)
                .sessionSweepInterval(idle)
                .build();
    }

    private HttpServletSseServerTransportProvider sse() {
        return HttpServletSseServerTransportProvider.builder()
                .jsonMapper(json)
                .sseEndpoint("/sse")
                .messageEndpoint("/messages")
                .contextExtractor(HttpMcp::context)
                .httpHeaderValidator(validator)
                .maxRequestSize(HttpLimits.LONGEST_BODY)
                .keepAliveInterval(KEPT_ALIVE)
                .build();
    }

    private static DefaultServerTransportSecurityValidator validator(Set<String> hosts, Set<String> origins) {
        List<String> own = hosts.stream()
                .flatMap(host -> Stream.of("http://" + host, "https://" + host))
                .toList();
        return DefaultServerTransportSecurityValidator.builder()
                .allowedHosts(withAnyPort(hosts.stream()).toList())
                .allowedOrigins(Stream.concat(origins.stream(), withAnyPort(own.stream()))
                        .toList())
                .build();
    }

    private static Stream<String> withAnyPort(Stream<String> names) {
        return names.flatMap(name -> Stream.of(name, name + ":*"));
    }

    private static McpTransportContext context(HttpServletRequest request) {
        return McpTransportContext.create(
                Map.of(ACTOR, Objects.requireNonNull(request.getAttribute(Mount.ACTOR), "the chain knows the caller")));
    }

    private static Actor actor(McpAsyncServerExchange exchange) {
        return (Actor) Objects.requireNonNull(exchange.transportContext().get(ACTOR), "a call has a caller");
    }
}
