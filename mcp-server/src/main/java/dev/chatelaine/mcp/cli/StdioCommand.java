package dev.chatelaine.mcp.cli;

import dev.chatelaine.mcp.cli.desk.Desk;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code stdio} with options; without any, the program's entry starts the server before it comes to this. */
@Command(
        name = "stdio",
        mixinStandardHelpOptions = true,
        header = "Serve MCP on standard input and output, for a host that starts this program.",
        description = "A host does this by itself once `setup` has told it how. Ends at the end of input.",
        footerHeading = "%nExamples:%n",
        footer = {"  chatelaine setup claude-desktop", "  chatelaine stdio --home /srv/vault"})
final class StdioCommand implements Callable<Integer> {
    private final Desk desk;
    private final StdioServer server;

    StdioCommand(Desk desk, StdioServer server) {
        this.desk = desk;
        this.server = server;
    }

    @Override
    public Integer call() {
        return server.serve(desk.settings());
    }
}
