package dev.chatelaine.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.mcp.cli.CommandLineMain;
import dev.chatelaine.mcp.config.Settings;
import dev.chatelaine.mcp.transport.StdioProcess;
import dev.chatelaine.vault.FreePort;
import dev.chatelaine.vault.process.ClassArchive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One JVM that does something of all that the tests' child JVMs do, so that they find its classes in an archive. */
final class Rehearsal {
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

    /** A host's session, commands, and a server with a session of its own; the argument is a bundle's file. */
    public static void main(String[] arguments) throws Exception {
        QuietLibraries.keep(System.getProperties());
        StdioProcess.serve(Settings.ofProcess());
        run("bundle", "import", "rehearsed", "--from", arguments[0]);
        String port = Integer.toString(FreePort.next());
        Thread server = new Thread(() -> run("serve", "--port", port), "serve");
        server.setDaemon(true);
        server.start();
        String address = "http://127.0.0.1:" + port;
        awaitPage(URI.create(address + "/console"));
        int code = run("session", "run", "--bundle", "rehearsed", "--server", address, "--", "true");
        System.exit(code);
    }

    private static int run(String... arguments) {
        return CommandLineMain.run(arguments, StdioProcess::serve);
    }

    private static void awaitPage(URI page) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        for (boolean there = false; !there; ) {
            try {
                client.send(HttpRequest.newBuilder(page).build(), BodyHandlers.discarding());
                there = true;
            } catch (ConnectException e) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        }
    }

    /** The tests' class path with an archive of what is loaded here; its files are gone when this JVM ends. */
    static ClassArchive archive() {
        try {
            Path folder = Files.createTempDirectory("chatelaine-classes");
            for (String file : List.of("", "classes.jar", "classes.jsa")) {
                folder.resolve(file).toFile().deleteOnExit();
            }
            String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
            return ClassArchive.make(classPath, folder, classes -> hold(folder.resolve("rehearsal"), classes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void hold(Path folder, List<String> classes) {
        try {
            Path host = Files.writeString(Files.createDirectory(folder).resolve("host"), SAID_BY_A_HOST);
            Path bundle = Files.writeString(folder.resolve("bundle"), "KEY=example-value-not-real\n");
            Path said = folder.resolve("said");
            List<String> command = new ArrayList<>(List.of(ChildJvm.java()));
            command.addAll(ChildJvm.with(classes, List.of(), Rehearsal.class.getName(), bundle.toString()));
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().keySet().removeIf(name -> name.startsWith("CHATELAINE_"));
            builder.environment().put("CHATELAINE_HOME", folder.resolve("home").toString());
            Process process = builder.redirectInput(host.toFile())
                    .redirectOutput(said.toFile())
                    .start();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            assertThat(process.exitValue()).as(Files.readString(said)).isZero();
            remove(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
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
