package dev.chatelaine.mcp.transport;

import dev.chatelaine.mcp.config.Settings;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.server.McpAsyncServer;
import io.modelcontextprotocol.server.McpServer;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/** The composition root of the way in by standard input and output. */
public final class StdioServer {
    private static final int CALLS_AT_ONCE = 4;
    private static final Duration LAST_CALLS = Duration.ofMillis(900);

    private final PersonAsked.Patience patience;
    private final Settings settings;
    private final LocalTools tools;
    private final InputStream in;
    private final OutputStream out;
    private final Runnable hostGone;
    private @Nullable McpAsyncServer server;

    /**
     * A server on these streams, not yet at work. Nothing is read before it runs.
     *
     * @param hostGone called once, from any thread, when the host no longer takes answers
     * @throws dev.chatelaine.vault.VaultException when a setting is wrong
     * @throws dev.chatelaine.vault.provider.InvalidCatalogException when the operator's catalogue is
     */
    public StdioServer(Settings settings, InputStream in, OutputStream out, Runnable hostGone) {
        this(settings, in, out, hostGone, PersonAsked.Patience.USUAL);
    }

    StdioServer(Settings settings, InputStream in, OutputStream out, Runnable hostGone, PersonAsked.Patience patience) {
        this.patience = patience;
        this.settings = settings;
        this.tools = LocalTools.checked(settings);
        this.in = in;
        this.out = out;
        this.hostGone = hostGone;
    }

    /**
     * Serves until the input ends. Pages that wait for a person are closed then, and calls that are under way have 900
     * ms to be answered. To be called once.
     */
    public void run() {
        CallThreads calls = new CallThreads(CALLS_AT_ONCE);
        McpJsonMapper json = new LightJsonMapper();
        StdioTransportProvider transport = new StdioTransportProvider(json, in, out, hostGone);
        Supplier<PersonAsked> people = new Once<>(() -> people(calls));
        ToolBridge bridge = new ToolBridge(tools, any -> tools.actor(), calls, people);
        this.server = ServerShape.give(McpServer.async(transport).jsonMapper(json), bridge, settings.readOnly())
                .build();
        transport.run();
        tools.closeDesk();
        if (calls.finish(LAST_CALLS)) {
            tools.close();
        }
    }

    private PersonAsked people(CallThreads calls) {
        McpAsyncServer built = Objects.requireNonNull(server, "calls come once the server is built");
        return new PersonAsked(
                tools.desk(),
                tools::openVault,
                built::sendElicitationComplete,
                Schedulers.fromExecutor(calls),
                patience);
    }
}
