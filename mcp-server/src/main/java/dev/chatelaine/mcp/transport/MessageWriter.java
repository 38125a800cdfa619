package dev.chatelaine.mcp.transport;

import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import io.modelcontextprotocol.spec.McpSchema.InitializeResult;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse.JSONRPCError;
import io.modelcontextprotocol.spec.McpSchema.ListToolsResult;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities.ToolCapabilities;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Writes what a server with tools sends, member by member. As the SDK's annotations have it: a component that is null
 * is left out, an entry of a map that is null is written.
 */
final class MessageWriter {
    private final JsonGenerator out;

    MessageWriter(JsonGenerator out) {
        this.out = out;
    }

    /**
     * Writes one value.
     *
     * @throws UnusualException when it holds something of another kind; what was written so far is worth nothing then
     */
    void value(@Nullable Object value) throws UnusualException {
        if (value == null) {
            out.writeNull();
        } else if (value instanceof Map<?, ?> map) {
            map(map);
        } else if (value instanceof List<?> list) {
            list(list);
        } else if (!scalar(value) && !envelope(value) && !result(value) && !part(value)) {
            throw new UnusualException();
        }
    }

    private void map(Map<?, ?> map) throws UnusualException {
        out.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!(entry.getKey() instanceof String name)) {
                throw new UnusualException();
            }
            out.writeName(name);
            value(entry.getValue());
        }
        out.writeEndObject();
    }

    private void list(List<?> list) throws UnusualException {
        out.writeStartArray();
        for (Object element : list) {
            value(element);
        }
        out.writeEndArray();
    }

    private boolean scalar(Object value) {
        if (value instanceof String text) {
            out.writeString(text);
        } else if (value instanceof Boolean bool) {
            out.writeBoolean(bool);
        } else if (value instanceof Integer number) {
            out.writeNumber(number);
        } else if (value instanceof Long number) {
            out.writeNumber(number);
        } else {
            return false;
        }
        return true;
    }

    private boolean envelope(Object value) throws UnusualException {
        if (value instanceof JSONRPCResponse it) {
            members("jsonrpc", it.jsonrpc(), "id", it.id(), "result", it.result(), "error", it.error());
        } else if (value instanceof JSONRPCRequest it) {
            members("jsonrpc", it.jsonrpc(), "method", it.method(), "id", it.id(), "params", it.params());
        } else if (value instanceof JSONRPCNotification it) {
            members("jsonrpc", it.jsonrpc(), "method", it.method(), "params", it.params());
        } else if (value instanceof JSONRPCError it) {
            members("code", it.code(), "message", it.message(), "data", it.data());
        } else {
            return false;
        }
        return true;
    }

    private boolean result(Object value) throws UnusualException {
        if (value instanceof CallToolResult it) {
            Object structured = it.structuredContent();
            members(
                    "content",
                    it.content(),
                    "isError",
                    it.isError(),
                    "structuredContent",
                    structured,
                    "_meta",
                    it.meta());
        } else if (value instanceof ListToolsResult it) {
            members("tools", it.tools(), "nextCursor", it.nextCursor(), "_meta", it.meta());
        } else if (value instanceof InitializeResult it) {
            out.writeStartObject();
            member("protocolVersion", it.protocolVersion());
            member("capabilities", it.capabilities());
            member("serverInfo", it.serverInfo());
            member("instructions", it.instructions());
            member("_meta", it.meta());
            out.writeEndObject();
        } else {
            return false;
        }
        return true;
    }

    private boolean part(Object value) throws UnusualException {
        if (value instanceof TextContent it) {
            absent(it.annotations());
            members("type", "text", "text", it.text(), "_meta", it.meta());
        } else if (value instanceof Tool it) {
            tool(it);
        } else if (value instanceof ToolAnnotations it) {
            annotations(it);
        } else if (value instanceof ServerCapabilities it) {
            capabilities(it);
        } else if (value instanceof Implementation it) {
            absent(it.icons());
            out.writeStartObject();
            member("name", it.name());
            member("title", it.title());
            member("version", it.version());
            member("description", it.description());
            member("websiteUrl", it.websiteUrl());
            out.writeEndObject();
        } else {
            return false;
        }
        return true;
    }

    private void tool(Tool tool) throws UnusualException {
        absent(tool.icons());
        out.writeStartObject();
        member("name", tool.name());
        member("title", tool.title());
        member("description", tool.description());
        member("inputSchema", tool.inputSchema());
        member("outputSchema", tool.outputSchema());
        member("annotations", tool.annotations());
        member("_meta", tool.meta());
        out.writeEndObject();
    }

    private void annotations(ToolAnnotations annotations) throws UnusualException {
        out.writeStartObject();
        member("title", annotations.title());
        member("readOnlyHint", annotations.readOnlyHint());
        member("destructiveHint", annotations.destructiveHint());
        member("idempotentHint", annotations.idempotentHint());
        member("openWorldHint", annotations.openWorldHint());
        member("returnDirect", annotations.returnDirect());
        out.writeEndObject();
    }

    private void capabilities(ServerCapabilities capabilities) throws UnusualException {
        absent(capabilities.completions());
        absent(capabilities.prompts());
        absent(capabilities.resources());
        ToolCapabilities tools = capabilities.tools();
        out.writeStartObject();
        member("experimental", capabilities.experimental());
        member("logging", capabilities.logging() == null ? null : Map.of());
        if (tools != null) {
            out.writeName("tools");
            members("listChanged", tools.listChanged());
        }
        out.writeEndObject();
    }

    private void members(@Nullable Object... namesAndValues) throws UnusualException {
        out.writeStartObject();
        for (int at = 0; at < namesAndValues.length; at += 2) {
            member(String.valueOf(namesAndValues[at]), namesAndValues[at + 1]);
        }
        out.writeEndObject();
    }

    private void member(String name, @Nullable Object value) throws UnusualException {
        if (value != null) {
            out.writeName(name);
            value(value);
        }
    }

    private static void absent(@Nullable Object value) throws UnusualException {
        if (value != null) {
            throw new UnusualException();
        }
    }
}
