package dev.chatelaine.mcp.transport;

import dev.chatelaine.http.server.HttpLimits;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.ProtocolVersions;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A transport's servlet, to which only its own methods and well-formed messages come. A message is read here as strictly
 * as on standard input, and passed on as it was understood.
 */
final class CheckedMessages extends WrappedServlet {
    private static final Pattern JSON =
            Pattern.compile("application/json(\\s*;\\s*charset=\"?utf-8\"?)?\\s*", Pattern.CASE_INSENSITIVE);
    private static final String REVISION = "MCP-Protocol-Version";
    private static final Set<String> REVISIONS = Set.of(
            ProtocolVersions.MCP_2024_11_05,
            ProtocolVersions.MCP_2025_03_26,
            ProtocolVersions.MCP_2025_06_18,
            ProtocolVersions.MCP_2025_11_25);

    private final JsonText text = new JsonText(HttpLimits.LONGEST_BODY);
    private final McpJsonMapper json;
    private final List<String> methods;
    private final Order order;

    /** Which messages come in their turn. */
    @FunctionalInterface
    interface Order {
        /** Whether a message may come now; it counts as come then. */
        boolean admits(HttpServletRequest request, JSONRPCMessage message);
    }

    /**
     * A guard.
     *
     * @param methods those of HTTP that the transport has
     */
    CheckedMessages(Servlet transport, McpJsonMapper json, List<String> methods, Order order) {
        super(transport);
        this.json = json;
        this.methods = methods;
        this.order = order;
    }

    @Override
    void handle(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
        if (!methods.contains(request.getMethod())) {
            response.setHeader("Allow", String.join(", ", methods));
            response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
        } else if (!isRevision(request.getHeader(REVISION))) {
            refuse(response, ErrorCodes.INVALID_REQUEST, "MCP-Protocol-Version names no revision that is spoken here.");
        } else if (!request.getMethod().equals("POST")) {
            pass(request, response);
        } else if (!JSON.matcher(String.valueOf(request.getContentType())).matches()) {
            response.sendError(HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE);
        } else {
            receive(request, response);
        }
    }

    private void receive(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        JSONRPCMessage message;
        try {
            Object value = text.parse(request.getInputStream().readAllBytes());
            message = Envelope.open(value).orElse(null);
        } catch (InvalidJsonException e) {
            refuse(response, ErrorCodes.PARSE_ERROR, "The body cannot be read: " + e.getMessage() + ".");
            return;
        } catch (RefusedMessageException e) {
            answer(response, e.refusal());
            return;
        }
        if (message == null || !Envelope.isOfUse(message)) {
            response.setStatus(HttpServletResponse.SC_ACCEPTED);
        } else if (!order.admits(request, message)) {
            refuse(response, ErrorCodes.INVALID_REQUEST, "A session begins with initialize and its notification.");
        } else {
            pass(new ReadRequest(request, json.writeValueAsBytes(message)), response);
        }
    }

    private void refuse(HttpServletResponse response, int code, String why) throws IOException {
        answer(response, new Refusal(null, code, why));
    }

    private void answer(HttpServletResponse response, Refusal refusal) throws IOException {
        response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
        response.setContentType("application/json");
        response.getOutputStream().write(json.writeValueAsBytes(refusal.response()));
    }

    private static boolean isRevision(@Nullable String named) {
        return named == null || REVISIONS.contains(named);
    }
}
