package dev.chatelaine.mcp.entry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.mcp.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code chatelaine serve} as a process, with the link that it prints and the log that it writes. */
public final class ServedProcess implements AutoCloseable {
    private static final String SERVES = "Chatelaine serves at ";
    private static final String CONSOLE = "  console";

    private final Process process;
    private final Path log;
    private final String address;
    private final String link;

    private ServedProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.address = line(out, SERVES);
        this.link = line(out, CONSOLE);
    }

    public static ServedProcess start(Path home, Map<String, String> environment) {
        Path log = home.resolve("serve.log");
        try {
            return new ServedProcess(
                    builder(home, environment, "serve", "--port", "0")
                            .redirectError(log.toFile())
                            .start(),
                    log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a command to its end, and gives what it printed. */
    static String run(Path home, String... command) throws IOException, InterruptedException {
        Process process = builder(home, Map.of(), command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return printed.strip();
    }

    private static ProcessBuilder builder(Path home, Map<String, String> environment, String... command) {
        ProcessBuilder builder = new ProcessBuilder(ChildJvm.command("dev.chatelaine.mcp.Main", command));
        builder.environment().keySet().removeIf(name -> name.startsWith("CHATELAINE_"));
        builder.environment().put("CHATELAINE_HOME", home.toString());
        builder.environment().putAll(environment);
        return builder;
    }

    private static String line(BufferedReader out, String beginning) {
        return out.lines()
                .filter(line -> line.startsWith(beginning))
                .findFirst()
                .orElseThrow()
                .substring(beginning.length())
                .strip();
    }

    public String address() {
        return address;
    }

    /** Signs the local user in, once. */
    String consoleLink() {
        return link;
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    /** SIGKILL. */
    public void kill() {
        process.toHandle().destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(15, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
