package dev.chatelaine.mcp.cli;

/** The command line. */
public final class CommandLineMain {
    private CommandLineMain() {}

    /** Performs what the arguments say and gives the exit code. */
    public static int run(String[] arguments) {
        System.err.println("chatelaine: only 'stdio' is known here, not " + arguments.length + " arguments.");
        return 2;
    }
}
