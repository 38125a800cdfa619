package dev.chatelaine.mcp.transport;

import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse.JSONRPCError;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells requests, notifications and responses apart, and what is none of them. */
final class Envelope {
    private static final String VERSION = "2.0";

    private Envelope() {}

    /**
     * The message that this JSON is, or nothing where it is a response that cannot be used: a response is never
     * answered.
     *
     * @throws RefusedMessageException when it is no message
     */
    static Optional<JSONRPCMessage> open(@Nullable Object json) throws RefusedMessageException {
        if (!(json instanceof Map<?, ?> members)) {
            throw invalid(null, "A message is a JSON object.");
        }
        Object id = id(members);
        if (!members.containsKey("method") && (members.containsKey("result") || members.containsKey("error"))) {
            return response(members, id);
        }
        if (!VERSION.equals(members.get("jsonrpc"))) {
            throw invalid(id, "A message has \"jsonrpc\": \"2.0\".");
        }
        if (!(members.get("method") instanceof String method)) {
            throw invalid(id, "A request has a method, a string.");
        }
        return Optional.of(call(members, method, id));
    }

    /** Other notifications ask for nothing that this server does, and some make the session ask the host back. */
    static boolean isOfUse(JSONRPCMessage message) {
        return !(message instanceof JSONRPCNotification it)
                || it.method().equals(McpSchema.METHOD_NOTIFICATION_INITIALIZED);
    }

    private static JSONRPCMessage call(Map<?, ?> members, String method, @Nullable Object id)
            throws RefusedMessageException {
        Object params = members.get("params");
        boolean request = members.containsKey("id");
        if (request && id == null) {
            throw invalid(null, "An id is a string or an integer of at most 64 bits.");
        }
        if (id == null) {
            return new JSONRPCNotification(VERSION, method, params instanceof Map ? params : null);
        }
        if (params != null && !(params instanceof Map)) {
            throw new RefusedMessageException(id, ErrorCodes.INVALID_PARAMS, "The params are an object.");
        }
        return new JSONRPCRequest(VERSION, method, id, params == null ? Map.of() : params);
    }

    private static Optional<JSONRPCMessage> response(Map<?, ?> members, @Nullable Object id) {
        Object result = members.get("result");
        Object error = members.get("error");
        if (id == null || (result == null) == (error == null)) {
            return Optional.empty();
        }
        if (error == null) {
            return Optional.of(JSONRPCResponse.result(id, result));
        }
        return error(error).map(it -> JSONRPCResponse.error(id, it));
    }

    private static Optional<JSONRPCError> error(Object json) {
        return json instanceof Map<?, ?> error
                        && error.get("code") instanceof Integer code
                        && error.get("message") instanceof String message
                ? Optional.of(new JSONRPCError(code, message, error.get("data")))
                : Optional.empty();
    }

    private static @Nullable Object id(Map<?, ?> members) {
        Object id = members.get("id");
        return id instanceof String || id instanceof Integer || id instanceof Long ? id : null;
    }

    private static RefusedMessageException invalid(@Nullable Object id, String message) {
        return new RefusedMessageException(id, ErrorCodes.INVALID_REQUEST, message);
    }
}
