package dev.chatelaine.mcp.cli;

import dev.chatelaine.mcp.config.Settings;

/** The MCP server on the process's standard input and output, as the command line sees it. */
@FunctionalInterface
public interface StdioServer {
    /**
     * Serves until the end of input.
     *
     * @return the process's exit code
     */
    int serve(Settings settings);
}
