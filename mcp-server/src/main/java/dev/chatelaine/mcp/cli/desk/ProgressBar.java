package dev.chatelaine.mcp.cli.desk;

import dev.chatelaine.vault.rotation.Progress;
import java.io.PrintWriter;

/** How far long work has come: a bar that fills on a terminal, else a line at each tenth. For one thread. */
public final class ProgressBar implements Progress, AutoCloseable {
    private static final int CELLS = 30;
    private static final int TENTHS = 10;

    private final PrintWriter err;
    private final boolean bar;
    private final String what;
    private long tenth;
    private boolean drawn;

    /**
     * The progress of work on these things.
     *
     * @param err where it is shown, so that standard output is free for the answer
     * @param bar whether there is a terminal
     * @param what the things in the plural: {@code tenants}
     */
    public ProgressBar(PrintWriter err, boolean bar, String what) {
        this.err = err;
        this.bar = bar;
        this.what = what;
    }

    @Override
    public void step(long done, long whole) {
        long end = Math.max(Math.max(done, whole), 1);
        if (bar) {
            int filled = (int) (done * CELLS / end);
            err.print("\r[" + "#".repeat(filled) + ".".repeat(CELLS - filled) + "] " + done + "/" + end + " " + what);
            err.flush();
            drawn = true;
        } else if (done * TENTHS / end > tenth) {
            tenth = done * TENTHS / end;
            err.println(done + "/" + end + " " + what);
            err.flush();
        }
    }

    /** Ends the bar's line, also where the work failed. */
    @Override
    public void close() {
        if (drawn) {
            err.println();
            err.flush();
        }
    }
}
