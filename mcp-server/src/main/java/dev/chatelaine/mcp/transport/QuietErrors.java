package dev.chatelaine.mcp.transport;

import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse.JSONRPCError;

/**
 * Errors that the SDK words with what it was sent, or with what broke inside, in words of our own: a value may have
 * strayed into a method's name.
 */
final class QuietErrors {
    static final String INTERNAL = "Something went wrong inside the server.";

    private QuietErrors() {}

    /** The response, whose error tells nothing of the request and nothing of the server. */
    static JSONRPCResponse quiet(JSONRPCResponse response) {
        JSONRPCError error = response.error();
        if (error == null) {
            return response;
        }
        return switch (error.code()) {
            case ErrorCodes.METHOD_NOT_FOUND -> reworded(response, error, "There is no such method.");
            case ErrorCodes.INTERNAL_ERROR -> reworded(response, error, INTERNAL);
            default -> response;
        };
    }

    private static JSONRPCResponse reworded(JSONRPCResponse response, JSONRPCError error, String message) {
        return JSONRPCResponse.error(response.id(), new JSONRPCError(error.code(), message, null));
    }
}
