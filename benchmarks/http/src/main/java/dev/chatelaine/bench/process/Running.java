package dev.chatelaine.bench.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that serves at the address in its first line, until this is closed. For one thread. */
public final class Running implements AutoCloseable {
    private static final String SERVES_AT = "erves at ";
    private static final int POLL_MILLIS = 50;

    private final Process process;
    private final URI address;

    private Running(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /**
     * Starts it, and waits for its first line.
     *
     * @param folder where its errors go
     * @param environment what it has besides this process's own, in which nothing begins with {@code CHATELAINE_}
     */
    public static Running start(Path folder, Map<String, String> environment, List<String> command) {
        try {
            Process process = builder(folder, environment, command).start();
            String first = String.valueOf(reader(process).readLine());
            int at = first.indexOf(SERVES_AT);
            if (at < 0) {
                process.destroy();
                throw new IllegalStateException("It did not start; see " + folder.resolve("stderr"));
            }
            return new Running(process, URI.create(first.substring(at + SERVES_AT.length())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Starts one that does not say where it serves, and waits until it does.
     *
     * @param folder where what it says goes
     * @param environment as in {@link #start}
     */
    public static Running listening(Path folder, Map<String, String> environment, List<String> command, URI address) {
        try {
            Process process = builder(folder, environment, command)
                    .redirectOutput(folder.resolve("stdout").toFile())
                    .start();
            while (!listens(address)) {
                if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                    throw new IllegalStateException("It did not start; see " + folder.resolve("stderr"));
                }
            }
            return new Running(process, address);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean listens(URI address) {
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Runs to its end and gives what it said. */
    public static String said(Path folder, Map<String, String> environment, List<String> command) {
        try {
            Process process = builder(folder, environment, command).start();
            String said = String.join("\n", reader(process).lines().toList());
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + " failed; see " + folder.resolve("stderr"));
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where it serves. */
    public URI address() {
        return address;
    }

    /** The process's id. */
    public long pid() {
        return process.pid();
    }

    private static ProcessBuilder builder(Path folder, Map<String, String> environment, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(
                        ProcessBuilder.Redirect.to(folder.resolve("stderr").toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("CHATELAINE_"));
        builder.environment().putAll(environment);
        return builder;
    }

    private static BufferedReader reader(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
        }
    }
}
