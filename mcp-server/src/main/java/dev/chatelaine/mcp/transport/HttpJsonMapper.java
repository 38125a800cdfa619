package dev.chatelaine.mcp.transport;

import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse.JSONRPCError;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The JSON that goes out over HTTP. The SDK's servlets write an exception as it is, with its stack, and the message of
 * one that nobody expected, which may quote what was sent.
 */
final class HttpJsonMapper extends LightJsonMapper {
    @Override
    public byte[] writeValueAsBytes(Object value) throws IOException {
        return super.writeValueAsBytes(presentable(value));
    }

    private static Object presentable(Object value) {
        if (value instanceof McpError e) {
            return refusal(e.getJsonRpcError());
        }
        return value instanceof JSONRPCResponse response ? QuietErrors.quiet(response) : value;
    }

    private static Object refusal(@Nullable JSONRPCError error) {
        Refusal refusal = error == null || error.code() == ErrorCodes.INTERNAL_ERROR
                ? new Refusal(null, ErrorCodes.INTERNAL_ERROR, QuietErrors.INTERNAL)
                : new Refusal(null, error.code(), error.message());
        return refusal.response();
    }
}
