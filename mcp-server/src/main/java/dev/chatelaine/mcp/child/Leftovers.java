package dev.chatelaine.mcp.child;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The processes below a program, noted before it ends: afterwards nothing tells whose they were. */
record Leftovers(List<ProcessHandle> processes) {

    static Leftovers of(ProcessHandle program) {
        return new Leftovers(program.descendants().toList());
    }

    /** Asks those that are still there to end, and kills them when the time is over. */
    void end(long until) throws InterruptedException {
        processes.stream().filter(ProcessHandle::isAlive).forEach(ProcessHandle::destroy);
        for (ProcessHandle process : processes) {
            try {
                process.onExit().get(Math.max(until - System.nanoTime(), 1), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                process.destroyForcibly();
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
