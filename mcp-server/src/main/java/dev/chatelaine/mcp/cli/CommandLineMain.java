package dev.chatelaine.mcp.cli;

import dev.chatelaine.mcp.config.Settings;

/** The command line. */
public final class CommandLineMain {
    private CommandLineMain() {}

    /** Performs what the arguments say and gives the exit code. */
    public static int run(String[] arguments, StdioServer server) {
        if (arguments.length > 0 && arguments[0].equals("stdio")) {
            return server.serve(Settings.ofProcess());
        }
        System.err.println("chatelaine: only stdio is known here.");
        return 2;
    }
}
