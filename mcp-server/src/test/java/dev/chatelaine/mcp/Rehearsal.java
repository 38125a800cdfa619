package dev.chatelaine.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.mcp.cli.CommandLineMain;
import dev.chatelaine.mcp.config.Settings;
import dev.chatelaine.mcp.transport.StdioProcess;
import dev.chatelaine.vault.process.ClassArchive;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One JVM that does something of all that the tests' child JVMs do, so that they find its classes in an archive. */
final class Rehearsal {
    private static final String SERVES = "Chatelaine serves at ";
    private static final long LIMIT_SECONDS = 120;
    private static final String SAID_BY_A_HOST = """
            {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25",\
            "capabilities":{},"clientInfo":{"name":"rehearsal","version":"1"}}}
            {"jsonrpc":"2.0","method":"notifications/initialized"}
            {"jsonrpc":"2.0","id":2,"method":"tools/list"}
            {"jsonrpc":"2.0","id":3,"method":"tools/call",\
            "params":{"name":"manage_secrets","arguments":{"action":"create","name":"rehearsed"}}}
            {"jsonrpc":"2.0","id":4,"method":"tools/call","params":{"name":"list_byok_providers","arguments":{}}}
            """;

    private Rehearsal() {}

    /** A command, a host's session and a server, one after the other; the server until the process is told to end. */
    public static void main(String[] arguments) {
        QuietLibraries.keep(System.getProperties());
        PrintStream out = System.out;
        CommandLineMain.run(new String[] {"bundle", "list", "--json"}, StdioProcess::serve);
        StdioProcess.serve(Settings.ofProcess());
        System.setOut(out);
        System.exit(CommandLineMain.run(new String[] {"serve", "--port", "0"}, StdioProcess::serve));
    }

    /** The tests' class path with an archive of what is loaded here; its files are gone when this JVM ends. */
    static ClassArchive archive() {
        try {
            Path folder = Files.createTempDirectory("chatelaine-classes");
            for (String file : List.of("", "classes.jar", "classes.jsa")) {
                folder.resolve(file).toFile().deleteOnExit();
            }
            String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
            return ClassArchive.make(classPath, folder, classes -> hold(folder.resolve("home"), classes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void hold(Path home, List<String> classes) {
        List<String> command = new ArrayList<>(List.of(ChildJvm.java()));
        command.addAll(ChildJvm.with(classes, List.of(), Rehearsal.class.getName()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(Redirect.DISCARD);
        builder.environment().keySet().removeIf(name -> name.startsWith("CHATELAINE_"));
        builder.environment().put("CHATELAINE_HOME", home.toString());
        try {
            Process process = builder.start();
            try (Writer host = process.outputWriter(StandardCharsets.UTF_8)) {
                host.write(SAID_BY_A_HOST);
            }
            try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
                ask(address(out));
                process.toHandle().destroy();
                assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
            } finally {
                process.destroyForcibly();
            }
            remove(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String address(BufferedReader out) {
        return out.lines()
                .filter(line -> line.startsWith(SERVES))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the rehearsal did not serve"))
                .substring(SERVES.length());
    }

    private static void ask(String address) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        for (String path : List.of("/console", "/api/v1/secrets")) {
            client.send(HttpRequest.newBuilder(URI.create(address + path)).build(), BodyHandlers.discarding());
        }
    }

    private static void remove(Path folder) throws IOException {
        List<Path> deepestFirst;
        try (var files = Files.walk(folder)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : deepestFirst) {
            Files.deleteIfExists(file);
        }
    }
}
