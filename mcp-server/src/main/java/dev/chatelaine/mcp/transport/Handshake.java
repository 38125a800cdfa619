package dev.chatelaine.mcp.transport;

import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;

/**
 * How far a session's handshake has come. The transport lets a request that comes before its end wait for it, on a
 * thread of the server's and for as long as the client likes. Safe for several threads.
 */
final class Handshake {
    private volatile boolean asked;
    private volatile boolean done;

    /** Whether this message may come now; it counts as come then. */
    boolean admits(JSONRPCMessage message) {
        if (message instanceof JSONRPCRequest request && request.method().equals(McpSchema.METHOD_INITIALIZE)) {
            asked = true;
            return true;
        }
        if (asked
                && message instanceof JSONRPCNotification it
                && it.method().equals(McpSchema.METHOD_NOTIFICATION_INITIALIZED)) {
            done = true;
        }
        return done;
    }
}
