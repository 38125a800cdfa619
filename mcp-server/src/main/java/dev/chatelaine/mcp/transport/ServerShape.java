package dev.chatelaine.mcp.transport;

import dev.chatelaine.mcp.config.Version;
import dev.chatelaine.schemas.ToolDefinition;
import dev.chatelaine.schemas.ToolSchemas;
import io.modelcontextprotocol.server.McpServer.AsyncSpecification;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;

/** What the server is, whichever way one comes in: its name, its instructions and its tools. */
final class ServerShape {
    private ServerShape() {}

    /** Gives a server that shape. */
    static AsyncSpecification<?> give(AsyncSpecification<?> server, ToolBridge bridge, boolean readOnly) {
        ToolSchemas schemas = ToolSchemas.load(readOnly);
        for (ToolDefinition tool : schemas.tools()) {
            server.tools(bridge.specification(tool));
        }
        return server.serverInfo(Implementation.builder("chatelaine", Version.ofBuild())
                        .title("Chatelaine")
                        .build())
                .instructions(schemas.instructions())
                .capabilities(ServerCapabilities.builder().tools(false).build())
                .jsonSchemaValidator(new UncheckedSchemas())
                .validateToolInputs(false);
    }
}
