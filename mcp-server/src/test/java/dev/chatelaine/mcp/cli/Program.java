package dev.chatelaine.mcp.cli;

import dev.chatelaine.mcp.ChildJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The command line as a process of its own, started from the class path of the tests. */
final class Program {
    private static final long LIMIT_SECONDS = 60;

    private final Path folder;

    Program(Path folder) {
        this.folder = folder;
    }

    /** What the process is started as. */
    public static void main(String[] arguments) {
        System.exit(CommandLineMain.run(arguments, settings -> 42));
    }

    /** What came of a run. */
    record Ended(int code, String out, String err) {}

    List<String> command(String... arguments) {
        return ChildJvm.command(Program.class.getName(), arguments);
    }

    ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("CHATELAINE_"));
        environment.put("CHATELAINE_HOME", folder.resolve("home").toString());
        environment.put("LC_ALL", "C.UTF-8");
        return builder;
    }

    Ended run(String input, String... arguments) throws IOException, InterruptedException {
        return run(builder(command(arguments)), input);
    }

    Ended run(ProcessBuilder builder, String input) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        Process process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // A process that refuses its arguments does not read.
        }
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("it did not end");
        }
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    }
}
