package dev.chatelaine.mcp;

import dev.chatelaine.mcp.cli.CommandLineMain;
import dev.chatelaine.mcp.config.Settings;
import dev.chatelaine.mcp.transport.StdioProcess;

/** The entry of the program. */
public final class Main {
    private Main() {}

    /**
     * Does what the arguments say and exits: 0 done, 1 failed, 2 wrong usage or a wrong setting. {@code stdio} on its
     * own, which is how MCP hosts start the program and wait for it, does not go through the command line.
     */
    public static void main(String[] arguments) {
        QuietLibraries.keep(System.getProperties());
        boolean plain = arguments.length == 1 && arguments[0].equals("stdio");
        System.exit(
                plain ? StdioProcess.serve(Settings.ofProcess()) : CommandLineMain.run(arguments, StdioProcess::serve));
    }
}
