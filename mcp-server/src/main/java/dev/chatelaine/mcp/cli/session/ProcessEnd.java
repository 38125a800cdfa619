package dev.chatelaine.mcp.cli.session;

import java.util.concurrent.CompletableFuture;

/**
 * The end of this process in order: whatever tells it to end, the command at work is told, and the process ends with
 * what that makes of it.
 */
final class ProcessEnd {
    private final CompletableFuture<Integer> outcome = new CompletableFuture<>();
    private final Thread hook;

    private ProcessEnd(Runnable tell) {
        this.hook = new Thread(() -> end(tell), "end-session");
    }

    /** From now on this is done when the process is told to end. */
    static ProcessEnd tells(Runnable tell) {
        ProcessEnd end = new ProcessEnd(tell);
        Runtime.getRuntime().addShutdownHook(end.hook);
        return end;
    }

    /** The command has come to its end. */
    void concluded(int code) {
        outcome.complete(code);
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // This process is ending: the hook has the last word, with the same code.
        }
    }

    /** Halting is the only way to an exit code from here. */
    private void end(Runnable tell) {
        tell.run();
        Runtime.getRuntime().halt(outcome.join());
    }
}
