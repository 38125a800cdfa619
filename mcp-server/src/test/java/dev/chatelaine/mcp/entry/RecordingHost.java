package dev.chatelaine.mcp.entry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.mcp.ChildJvm;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ClientCapabilities;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import io.modelcontextprotocol.spec.McpSchema.ElicitUrlRequest;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/** An MCP host, which keeps every message that it sent or got and every line of the log that it can read. */
final class RecordingHost implements AutoCloseable {
    private static final Pattern LINK = Pattern.compile("entry=\\{url=([^,]+), expires_at=");
    private static final long PATIENCE_SECONDS = 60;

    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final BlockingQueue<ElicitUrlRequest> asked = new LinkedBlockingQueue<>();
    private final McpSyncClient client;

    private RecordingHost(McpClientTransport transport, boolean showsPages) {
        if (transport instanceof StdioClientTransport stdio) {
            stdio.setStdErrorHandler(log::add);
        }
        McpClient.SyncSpec spec = McpClient.sync(new RecordedTransport(transport, messages))
                .clientInfo(Implementation.builder("it", "1").build())
                .requestTimeout(Duration.ofSeconds(PATIENCE_SECONDS))
                .initializationTimeout(Duration.ofSeconds(PATIENCE_SECONDS));
        if (showsPages) {
            spec.capabilities(ClientCapabilities.builder()
                            .elicitation(false, true)
                            .build())
                    .urlElicitation(request -> {
                        asked.add(request);
                        return ElicitResult.builder(ElicitResult.Action.ACCEPT).build();
                    });
        }
        this.client = spec.build();
        client.initialize();
        client.listTools();
    }

    /** Starts the program as a host on a desktop does. */
    static RecordingHost overStdio(Path home, Map<String, String> environment, boolean showsPages) {
        ServerParameters server = ServerParameters.builder(ChildJvm.java())
                .args(ChildJvm.arguments("dev.chatelaine.mcp.Main", "stdio"))
                .addEnvVar("CHATELAINE_HOME", home.toString())
                .env(environment)
                .build();
        return new RecordingHost(
                new StdioClientTransport(server, new JacksonMcpJsonMapper(JsonMapper.shared())), showsPages);
    }

    /** Connects to an instance with a token. */
    static RecordingHost overHttp(String address, String token, boolean showsPages) {
        HttpRequest.Builder authorized = HttpRequest.newBuilder().header("Authorization", "Bearer " + token);
        return new RecordingHost(
                HttpClientStreamableHttpTransport.builder(address)
                        .requestBuilder(authorized)
                        .build(),
                showsPages);
    }

    CallToolResult call(String tool, Map<String, Object> arguments) {
        return client.callTool(
                CallToolRequest.builder(tool).arguments(arguments).build());
    }

    CompletableFuture<CallToolResult> calling(String tool, Map<String, Object> arguments) {
        return CompletableFuture.supplyAsync(() -> call(tool, arguments));
    }

    /** The page that the server asked this host to show. */
    URI shown() throws InterruptedException {
        ElicitUrlRequest request = asked.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(request).as("nothing was elicited").isNotNull();
        return URI.create(request.url());
    }

    /** The page whose link a call answers with. */
    URI link(String tool, Map<String, Object> arguments) {
        CallToolResult result = call(tool, arguments);
        assertThat(result.isError()).as("%s", result).isFalse();
        Matcher url = LINK.matcher(String.valueOf(result.structuredContent()));
        assertThat(url.find()).as("%s", result).isTrue();
        return URI.create(url.group(1));
    }

    List<String> messages() {
        return messages;
    }

    List<String> log() {
        return log;
    }

    @Override
    public void close() {
        client.close();
    }
}
