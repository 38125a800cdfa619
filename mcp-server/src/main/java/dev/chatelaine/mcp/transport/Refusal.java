package dev.chatelaine.mcp.transport;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON-RPC error response whose id may be null, which the SDK's own may not: a message that cannot be read has no id.
 *
 * @param id a string or an integer, or null where it could not be read
 * @param code one of JSON-RPC's
 * @param message what is wrong, without anything of what was sent
 * @see <a href="https://www.jsonrpc.org/specification#error_object">JSON-RPC 2.0, error object</a>
 */
record Refusal(@Nullable Object id, int code, String message) {

    /** The response as JSON. */
    Map<String, @Nullable Object> response() {
        Map<String, @Nullable Object> response = new LinkedHashMap<>();
        response.put("jsonrpc", "2.0");
        response.put("id", id);
        response.put("error", Map.of("code", code, "message", message));
        return response;
    }
}
