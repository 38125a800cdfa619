package dev.chatelaine.vault.process;

import dev.chatelaine.vault.VaultFolder;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A {@link VaultWorker} in a process of its own, seen from the test. */
final class WorkerProcess implements AutoCloseable {
    private static final String GONE = "(the process has ended)";
    private static final int PATIENCE_SECONDS = 120;

    private final Process process;
    private final Path scratch;
    private final BufferedWriter in;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Thread reader;

    private WorkerProcess(Process process, Path scratch) {
        this.process = process;
        this.scratch = scratch;
        this.in = process.outputWriter(StandardCharsets.UTF_8);
        this.reader = new Thread(this::read);
        reader.setDaemon(true);
        reader.start();
    }

    /** A worker that has begun; its vault is opened by {@link #ready}. */
    static WorkerProcess start(Path folder, String... prefix) {
        return start(folder, WorkerClasses.plain(), prefix);
    }

    /** A worker with its class path given. */
    static WorkerProcess start(Path folder, List<String> classes, String... prefix) {
        List<String> command = new ArrayList<>(List.of(prefix));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx96m"));
        command.addAll(classes);
        Path scratch = scratch();
        // SQLite's driver unpacks its library, cannot tidy up when it is killed, and would quarrel over one folder.
        command.add("-Dorg.sqlite.tmpdir=" + scratch);
        command.addAll(List.of(VaultWorker.class.getName(), folder.toString()));
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            String url = new VaultFolder(folder).database().url();
            if (url != null) {
                builder.environment().put(VaultFolder.URL, url);
            }
            return new WorkerProcess(builder.start(), scratch);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets the worker open its vault and waits until it has. */
    WorkerProcess ready() {
        awaitLine("up");
        send("open");
        awaitLine("ready");
        return this;
    }

    void awaitLine(String expected) {
        String line = next();
        if (!line.equals(expected)) {
            throw new AssertionError("instead of " + expected + ": " + line + rest());
        }
    }

    void send(String command) {
        try {
            in.write(command + "\n");
            in.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next line, waited for. */
    String next() {
        try {
            String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (line == null) {
                throw new AssertionError("the worker is silent");
            }
            return line;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Lines up to the last one, which is not among them. */
    List<String> until(String last) {
        List<String> read = new ArrayList<>();
        for (String line = next(); !line.equals(last); line = next()) {
            if (line.equals(GONE)) {
                throw new AssertionError("the worker ended: " + read);
            }
            read.add(line);
        }
        return read;
    }

    /** SIGKILL; answers all that the worker had said and nobody had read. */
    List<String> kill() {
        // By its handle: Process.destroyForcibly closes the streams, with what was said in them.
        process.toHandle().destroyForcibly();
        List<String> read = new ArrayList<>();
        for (String line = next(); !line.equals(GONE); line = next()) {
            read.add(line);
        }
        process.onExit().join();
        tidy();
        return read;
    }

    /** Ends its input and waits until it has gone of itself. */
    void finish() {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        process.onExit().join();
    }

    private static Path scratch() {
        try {
            return Files.createTempDirectory("vault-worker");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void tidy() {
        try (var files = Files.list(scratch)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(scratch);
        } catch (NoSuchFileException e) {
            // Tidied before.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String rest() {
        List<String> rest = new ArrayList<>();
        lines.drainTo(rest);
        return "\n" + String.join("\n", rest);
    }

    private void read() {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            StringBuilder line = new StringBuilder();
            for (int c = out.read(); c >= 0; c = out.read()) {
                if (c == '\n') {
                    lines.add(line.toString());
                    line.setLength(0);
                } else {
                    line.append((char) c);
                }
            }
        } catch (IOException e) {
            lines.add("(" + e + ")");
        } finally {
            // A line without its end was not said in full, and is no acknowledgement.
            lines.add(GONE);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
        tidy();
    }
}
