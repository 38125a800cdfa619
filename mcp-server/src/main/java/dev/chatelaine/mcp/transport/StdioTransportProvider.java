package dev.chatelaine.mcp.transport;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.InitializeResult;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpServerSession;
import io.modelcontextprotocol.spec.McpServerTransport;
import io.modelcontextprotocol.spec.McpServerTransportProvider;
import io.modelcontextprotocol.spec.ProtocolVersions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * One session of the SDK's on one pair of streams. Messages are read on the thread that calls {@link #run}; answers are
 * written on whichever thread has them. Against the SDK's own transport for standard streams: nothing that a host sends
 * stops it, and it starts no threads.
 *
 * <p>Bounds: a line of {@link #LONGEST_LINE} bytes, {@link Incoming#MOST_IN_BATCH} messages in a batch, and those of
 * {@link JsonText}. Batches are taken in revision 2025-03-26 alone, which is the one that has them.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#stdio">MCP, stdio</a>
 */
public final class StdioTransportProvider implements McpServerTransportProvider, McpServerTransport {
    /** Enough for the longest secret value with every one of its characters escaped, many times over. */
    static final int LONGEST_LINE = 4 * 1_024 * 1_024;

    private static final Logger LOG = LoggerFactory.getLogger(StdioTransportProvider.class);
    private static final List<String> REVISIONS = List.of(
            ProtocolVersions.MCP_2024_11_05,
            ProtocolVersions.MCP_2025_03_26,
            ProtocolVersions.MCP_2025_06_18,
            ProtocolVersions.MCP_2025_11_25);

    private final McpJsonMapper json;
    private final LineReader lines;
    private final Output output;
    private final Incoming incoming;

    /**
     * A transport on these streams.
     *
     * @param hostGone called once, from any thread, when the host no longer takes answers
     */
    public StdioTransportProvider(McpJsonMapper json, InputStream in, OutputStream out, Runnable hostGone) {
        this.json = json;
        this.lines = new LineReader(in, LONGEST_LINE);
        this.output = new Output(json, out, hostGone);
        this.incoming = new Incoming(new JsonText(LONGEST_LINE), output);
    }

    /** Reads messages and hands them over until the input ends. To be called once, when the server is built. */
    public void run() {
        while (true) {
            try {
                byte[] line = lines.next();
                if (line == null) {
                    return;
                }
                incoming.receive(line);
            } catch (LineTooLongException e) {
                incoming.refuse(ErrorCodes.INVALID_REQUEST, "A message is at most 4 MiB long.");
            } catch (IOException e) {
                LOG.atWarn().addKeyValue("error", e.getClass().getSimpleName()).log("the input cannot be read");
                return;
            }
        }
    }

    @Override
    public List<String> protocolVersions() {
        return REVISIONS;
    }

    @Override
    public void setSessionFactory(McpServerSession.Factory factory) {
        incoming.attach(factory.create(this));
    }

    @Override
    public Mono<Void> notifyClients(String method, Object params) {
        return incoming.session().sendNotification(method, params);
    }

    /** To the one host that there is. */
    @Override
    public Mono<Void> notifyClient(String sessionId, String method, Object params) {
        return incoming.session().sendNotification(method, params);
    }

    @Override
    public Mono<Void> sendMessage(JSONRPCMessage message) {
        return Mono.deferContextual(context -> {
            if (message instanceof JSONRPCResponse response) {
                Replies replies = context.getOrDefault(Replies.class, output);
                replies.add(answer(response));
            } else {
                output.add(message);
            }
            return Mono.empty();
        });
    }

    @Override
    public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
        return json.convertValue(data, type);
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.empty();
    }

    @Override
    public void close() {}

    private JSONRPCResponse answer(JSONRPCResponse response) {
        if (response.result() instanceof InitializeResult result) {
            incoming.negotiated(result.protocolVersion());
        }
        return QuietErrors.quiet(response);
    }
}
