package dev.chatelaine.mcp.transport;

import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpServerSession;
import io.modelcontextprotocol.spec.ProtocolVersions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/** Lines on their way to the session. What is no message is answered here. For the reading thread. */
final class Incoming {
    static final int MOST_IN_BATCH = 100;

    private static final Logger LOG = LoggerFactory.getLogger(Incoming.class);

    private final JsonText text;
    private final Output output;
    private volatile String revision = "";
    private @Nullable McpServerSession session;

    Incoming(JsonText text, Output output) {
        this.text = text;
        this.output = output;
    }

    void attach(McpServerSession made) {
        session = made;
    }

    McpServerSession session() {
        McpServerSession current = session;
        if (current == null) {
            throw new IllegalStateException("the server is built before its transport runs");
        }
        return current;
    }

    /** Says which revision the handshake came to. */
    void negotiated(String agreed) {
        revision = agreed;
    }

    void receive(byte[] line) {
        if (isBlank(line)) {
            return;
        }
        try {
            Object value = text.parse(line);
            if (value instanceof List<?> elements) {
                receiveBatch(elements);
            } else {
                subscribe(handled(value, output));
            }
        } catch (InvalidJsonException e) {
            refuse(ErrorCodes.PARSE_ERROR, "The line cannot be read: " + e.getMessage() + ".");
        }
    }

    /** Answers something that has no id. */
    void refuse(int code, String message) {
        output.add(new Refusal(null, code, message).response());
    }

    private void receiveBatch(List<?> elements) {
        if (!revision.equals(ProtocolVersions.MCP_2025_03_26)) {
            refuse(ErrorCodes.INVALID_REQUEST, "A batch is taken in revision 2025-03-26 alone, once it is negotiated.");
        } else if (elements.isEmpty() || elements.size() > MOST_IN_BATCH) {
            refuse(ErrorCodes.INVALID_REQUEST, "A batch has 1 to 100 messages.");
        } else {
            Batch batch = new Batch(output);
            List<Mono<Void>> handled = new ArrayList<>();
            for (Object element : elements) {
                handled.add(handled(element, batch));
            }
            subscribe(Mono.whenDelayError(handled).doFinally(end -> batch.send()));
        }
    }

    private Mono<Void> handled(@Nullable Object value, Replies replies) {
        try {
            JSONRPCMessage message = Envelope.open(value).orElse(null);
            if (message instanceof JSONRPCRequest request) {
                return handledRequest(request, replies);
            }
            return message != null && Envelope.isOfUse(message) ? session().handle(message) : Mono.empty();
        } catch (RefusedMessageException e) {
            replies.add(e.refusal().response());
            return Mono.empty();
        }
    }

    /** A ping is answered at once: the session would let it wait for the end of the handshake. */
    private Mono<Void> handledRequest(JSONRPCRequest request, Replies replies) {
        if (request.method().equals(McpSchema.METHOD_PING)) {
            replies.add(JSONRPCResponse.result(request.id(), Map.of()));
            return Mono.empty();
        }
        if (request.method().equals(McpSchema.METHOD_INITIALIZE) && replies != output) {
            String message = "initialize is no part of a batch.";
            replies.add(new Refusal(request.id(), ErrorCodes.INVALID_REQUEST, message).response());
            return Mono.empty();
        }
        return session().handle(request).contextWrite(Context.of(Replies.class, replies));
    }

    private static void subscribe(Mono<Void> work) {
        work.subscribe(
                null,
                error -> LOG.atError()
                        .addKeyValue("error", error.getClass().getSimpleName())
                        .log("a message was not handled"));
    }

    private static boolean isBlank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }
}
