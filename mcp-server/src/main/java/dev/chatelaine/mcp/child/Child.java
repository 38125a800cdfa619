package dev.chatelaine.mcp.child;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A started program whose output is passed on masked. It has this process's standard input. When this process is told
 * to end, the program is told too, and what it makes of that is the outcome.
 */
public final class Child {
    private static final int CHUNK = 8192;
    /** At a terminal Ctrl-C has reached the program already, which may need this long to end in its own way. */
    private static final long GRACE_SECONDS = 2;
    /** What a program that was ended has printed is there by then, unless one that it started holds the pipe open. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final Process process;
    private final Thread outputs;
    private final Thread errors;

    private Child(Process process, Thread outputs, Thread errors) {
        this.process = process;
        this.outputs = outputs;
        this.errors = errors;
    }

    /**
     * Starts a program.
     *
     * @throws VaultException {@code invalid_field} when it cannot be started
     */
    public static Child start(ProcessBuilder builder, Masks masks, OutputStream out, OutputStream err) {
        try {
            Process process =
                    builder.redirectInput(ProcessBuilder.Redirect.INHERIT).start();
            return new Child(
                    process,
                    pump("output", process.getInputStream(), new MaskingStream(new BufferedOutputStream(out), masks)),
                    pump("errors", process.getErrorStream(), new MaskingStream(new BufferedOutputStream(err), masks)));
        } catch (IOException e) {
            throw new VaultException(
                            ErrorCode.INVALID_FIELD,
                            "The command cannot be started: it was not found, may not be executed, or is given too much.")
                    .withField("command")
                    .causedBy(e);
        }
    }

    /**
     * Waits until the program has ended and all its output is passed on; a signal to this process goes to it.
     *
     * @param terminal whether a person's Ctrl-C reaches the program by itself
     * @return its exit code; 128 and the signal's number where a signal ended it
     */
    public int await(boolean terminal) throws InterruptedException {
        Thread forward = new Thread(() -> end(terminal), "end-child");
        Runtime.getRuntime().addShutdownHook(forward);
        int code = code();
        try {
            Runtime.getRuntime().removeShutdownHook(forward);
        } catch (IllegalStateException e) {
            // This process is ending: the hook has the last word, with the same code.
        }
        return code;
    }

    /** Waits until the program has ended and all its output is passed on, and gives its exit code. */
    public int code() throws InterruptedException {
        int code = process.waitFor();
        outputs.join();
        errors.join();
        return code;
    }

    /** Whether the program has not ended yet. */
    public boolean isRunning() {
        return process.isAlive();
    }

    /** Has something done once the program has ended, in a thread of its own. */
    public void whenEnded(Runnable then) {
        var unused = process.onExit().thenRunAsync(then);
    }

    /**
     * Tells the program that this process was told to end, and waits for neither.
     *
     * @param terminal whether a person's Ctrl-C reaches the program by itself
     */
    public void tell(boolean terminal) throws InterruptedException {
        if (!terminal || !process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
            // Process.destroy would close the program's output too, and its last words would be lost.
            process.toHandle().destroy();
        }
    }

    /**
     * Ends the program: it is asked to (SIGTERM), and killed when it has not ended within the grace. What it had started
     * and left behind is ended in the same way, within the same time.
     */
    public void stop(Duration grace) throws InterruptedException {
        Leftovers leftovers = Leftovers.of(process.toHandle());
        long until = System.nanoTime() + grace.toNanos();
        process.toHandle().destroy();
        if (!process.waitFor(grace.toNanos(), TimeUnit.NANOSECONDS)) {
            process.toHandle().destroyForcibly();
            process.waitFor();
        }
        leftovers.end(until);
        outputs.join(LAST_WORDS.toMillis());
        errors.join(LAST_WORDS.toMillis());
    }

    /**
     * Sends a signal, which Java itself can do for two of them only.
     *
     * @return whether it was sent
     */
    public boolean signal(Signal signal) throws InterruptedException {
        return process.isAlive() && signal.send(process.pid());
    }

    /** Runs while this process ends; halting is the only way to an exit code from here. */
    private void end(boolean terminal) {
        try {
            tell(terminal);
            Runtime.getRuntime().halt(code());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread pump(String name, InputStream from, MaskingStream to) {
        Thread pump = new Thread(() -> pass(from, to), "child-" + name);
        pump.setDaemon(true);
        pump.start();
        return pump;
    }

    /** A reader that went away is the program's to notice, as without us: its pipe is closed. */
    private static void pass(InputStream from, MaskingStream to) {
        byte[] chunk = new byte[CHUNK];
        try (from) {
            for (int read = from.read(chunk); read >= 0; read = from.read(chunk)) {
                to.write(chunk, 0, read);
                to.flush();
            }
            to.close();
        } catch (IOException e) {
            // Closed from below: the program meets the closed pipe at its next write.
        }
    }
}
