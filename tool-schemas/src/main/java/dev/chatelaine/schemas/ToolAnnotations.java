package dev.chatelaine.schemas;

import java.util.Map;

/**
 * What a tool tells a host about its behaviour. All four are always given, because the protocol's defaults for what is
 * left out are the most alarming ones.
 *
 * @param readOnlyHint the tool changes nothing
 * @param destructiveHint the tool may replace or remove what is there, not only add to it
 * @param idempotentHint the same call made again has no further effect
 * @param openWorldHint the tool may talk to something outside the vault, such as a provider
 * @see <a href="https://modelcontextprotocol.io/specification/2025-11-25/schema#toolannotations">MCP 2025-11-25,
 *     ToolAnnotations</a>
 */
public record ToolAnnotations(
        boolean readOnlyHint, boolean destructiveHint, boolean idempotentHint, boolean openWorldHint) {

    static ToolAnnotations of(Map<String, Object> json) {
        return new ToolAnnotations(
                Json.bool(json, "readOnlyHint"),
                Json.bool(json, "destructiveHint"),
                Json.bool(json, "idempotentHint"),
                Json.bool(json, "openWorldHint"));
    }
}
