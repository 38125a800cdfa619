package dev.chatelaine.mcp.transport;

import dev.chatelaine.mcp.ChildJvm;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The program in a process of its own, spoken to as an MCP host does. */
final class ServerProcess implements AutoCloseable {
    private static final long GENEROUS_SECONDS = 60;
    private static final String INITIALIZE =
            "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"%s\","
                    + "\"capabilities\":{},\"clientInfo\":{\"name\":\"host\",\"version\":\"1\"}}}";

    private final Process process;
    private final OutputStream in;
    private final File errors;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Thread reader;

    private ServerProcess(Process process, File errors) {
        this.process = process;
        this.in = process.getOutputStream();
        this.errors = errors;
        this.reader = new Thread(this::read, "server-output");
        this.reader.setDaemon(true);
        this.reader.start();
    }

    /** {@code stdio} with its vault in this folder. */
    static ServerProcess start(Path home) {
        return start(home, Map.of(), List.of(), "stdio");
    }

    static ServerProcess start(
            Path home, Map<String, String> environment, List<String> jvmOptions, String... arguments) {
        ProcessBuilder builder = new ProcessBuilder(ChildJvm.command(jvmOptions, "dev.chatelaine.mcp.Main", arguments));
        builder.environment().keySet().removeIf(name -> name.startsWith("CHATELAINE_"));
        builder.environment().put("CHATELAINE_HOME", home.toString());
        builder.environment().putAll(environment);
        try {
            Files.createDirectories(home);
            File errors = File.createTempFile("stderr", ".txt", home.toFile());
            return new ServerProcess(builder.redirectError(errors).start(), errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Does the handshake and gives its result. */
    JsonNode initialize(String revision) {
        send(INITIALIZE.formatted(revision));
        JsonNode result = receive().get("result");
        send("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
        return result;
    }

    void call(int id, String tool, String arguments) {
        send("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool
                + "\",\"arguments\":" + arguments + "}}");
    }

    void send(String line) {
        write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    void write(byte[] bytes) {
        try {
            in.write(bytes);
            in.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next line of standard output, which has to be JSON. */
    JsonNode receive() {
        try {
            String line = lines.poll(GENEROUS_SECONDS, TimeUnit.SECONDS);
            if (line == null) {
                throw new AssertionError("no answer; standard error: " + standardError());
            }
            return JsonMapper.shared().readTree(line);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The next line of standard output, as it is. */
    String line() throws InterruptedException {
        String line = lines.poll(GENEROUS_SECONDS, TimeUnit.SECONDS);
        if (line == null) {
            throw new AssertionError("nothing was said; standard error: " + standardError());
        }
        return line;
    }

    /** The address at the end of the next line that begins so. */
    URI announced(String beginning) {
        try {
            String line = line();
            while (!line.startsWith(beginning)) {
                line = line();
            }
            return URI.create(line.substring(beginning.length()));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Asks the process to end, as an operator does. */
    void terminate() {
        process.destroy();
    }

    void closeInput() {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void closeOutput() throws IOException {
        process.getInputStream().close();
    }

    /** Waits for the end, and gives the exit code. */
    int exitCode(long seconds) {
        try {
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                throw new AssertionError("still running after " + seconds + " s");
            }
            reader.join(TimeUnit.SECONDS.toMillis(GENEROUS_SECONDS));
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** What is left of standard output. */
    List<String> rest() {
        List<String> rest = new ArrayList<>();
        lines.drainTo(rest);
        return rest;
    }

    String standardError() {
        try {
            return Files.readString(errors.toPath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Repeats a line until the process is gone: the first answers may be taken by a read that is still under way. */
    void sendUntilItEnds(String line, long seconds) throws InterruptedException {
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < giveUp && !process.waitFor(50, TimeUnit.MILLISECONDS)) {
            try {
                send(line);
            } catch (UncheckedIOException e) {
                process.waitFor(seconds, TimeUnit.SECONDS);
            }
        }
    }

    /** The most memory that the process had at any time, as Linux tells it. */
    long peakMebibytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", String.valueOf(process.pid()), "status"))) {
            if (line.startsWith("VmHWM:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1_024;
            }
        }
        throw new AssertionError("no VmHWM");
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void read() {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            lines.add("\"output closed\"");
        }
    }
}
