package dev.chatelaine.mcp.transport;

import dev.chatelaine.mcp.config.Settings;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServer.AsyncSpecification;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/** The composition root of the way in by standard input and output. */
public final class StdioServer {
    private static final int CALLS_AT_ONCE = 4;
    private static final Duration LAST_CALLS = Duration.ofMillis(900);

    private final Settings settings;
    private final LocalTools tools;
    private final InputStream in;
    private final OutputStream out;
    private final Runnable hostGone;

    /**
     * A server on these streams, not yet at work. Nothing is read before it runs.
     *
     * @param hostGone called once, from any thread, when the host no longer takes answers
     * @throws dev.chatelaine.vault.VaultException when a setting is wrong
     * @throws dev.chatelaine.vault.provider.InvalidCatalogException when the operator's catalogue is
     */
    public StdioServer(Settings settings, InputStream in, OutputStream out, Runnable hostGone) {
        this.settings = settings;
        this.tools = LocalTools.checked(settings);
        this.in = in;
        this.out = out;
        this.hostGone = hostGone;
    }

    /** Serves until the input ends. Calls that are under way then have 900 ms to be answered. To be called once. */
    public void run() {
        CallThreads calls = new CallThreads(CALLS_AT_ONCE);
        McpJsonMapper json = new LightJsonMapper();
        StdioTransportProvider transport = new StdioTransportProvider(json, in, out, hostGone);
        build(McpServer.async(transport).jsonMapper(json), new ToolBridge(tools, any -> tools.actor(), calls));
        transport.run();
        if (calls.finish(LAST_CALLS)) {
            tools.close();
        }
    }

    private void build(AsyncSpecification<?> server, ToolBridge bridge) {
        ServerShape.give(server, bridge, settings.readOnly()).build();
    }
}
