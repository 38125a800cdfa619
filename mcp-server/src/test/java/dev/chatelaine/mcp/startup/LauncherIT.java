package dev.chatelaine.mcp.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisabledOnOs(OS.WINDOWS)
class LauncherIT {

    private static final Path MODULE =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    private static final Path BUILT = MODULE.resolve("target/app");
    private static final String INITIALIZE = """
            {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18",\
            "capabilities":{},"clientInfo":{"name":"test","version":"1"}}}
            """;

    @TempDir
    private Path directory;

    private Path checkout;
    private Path app;

    /** A checkout whose path has a space, with the built program and no archive. */
    @BeforeEach
    void copyTheProgram() throws IOException {
        checkout = directory.toRealPath().resolve("a checkout");
        app = Files.createDirectories(checkout.resolve("mcp-server/target/app"));
        Files.copy(MODULE.resolveSibling("chatelaine"), checkout.resolve("chatelaine"));
        for (String name : List.of("chatelaine.jar", "jvm.options", "serve.options")) {
            Files.copy(BUILT.resolve(name), app.resolve(name));
        }
        Files.createSymbolicLink(app.resolve("lib"), BUILT.resolve("lib"));
    }

    @Test
    void answersThroughSymbolicLinksFromAnotherDirectory() throws Exception {
        holdArchive("");
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("a checkout/chatelaine"));
        Path linkToLink = Files.createSymbolicLink(directory.resolve("link to link"), link);

        assertAnswers(run(linkToLink, Map.of()));
    }

    @Test
    void startsWithTheArchiveThatTheBuildMade() throws Exception {
        Path log = directory.resolve("classes");

        Ended ended = run(
                MODULE.resolveSibling("chatelaine"), Map.of("CHATELAINE_JAVA_OPTS", "-Xlog:class+load:file=" + log));

        assertAnswers(ended);
        assertThat(Files.readString(log)).contains("dev.chatelaine.mcp.Main source: shared objects file");
    }

    @Test
    void answersWithAnArchiveThatIsNotOneAndKeepsStandardOutputClean() throws Exception {
        holdArchive("not an archive");

        assertAnswers(run(checkout.resolve("chatelaine"), Map.of()));
    }

    @Test
    void hasAnArchiveMadeWhereThereIsNone() throws Exception {
        try (WatchService watch = FileSystems.getDefault().newWatchService()) {
            Path stamp = archive().stamp();
            app.resolve("archive").register(watch, StandardWatchEventKinds.ENTRY_CREATE);

            assertAnswers(run(checkout.resolve("chatelaine"), Map.of()));

            while (Files.notExists(stamp)) {
                WatchKey change = watch.poll(2, TimeUnit.MINUTES);
                assertThat(change).as("something new beside the archive").isNotNull();
                change.pollEvents();
                change.reset();
            }
            assertThat(Files.readAllLines(stamp)).first().isEqualTo(app.toString());
        }
        // Waits for the process in the background, which tidies up before it gives the lock back.
        archive().make();
    }

    @Test
    void saysWhatToDoWithoutJava() throws Exception {
        Ended ended = run(checkout.resolve("chatelaine"), Map.of("JAVA_HOME", "", "PATH", "/nonexistent"));

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.output()).isEmpty();
        assertThat(ended.errors()).contains("no Java was found").contains("set JAVA_HOME");
    }

    @Test
    void saysWhatToDoWithAnOldJava() throws Exception {
        Path old = directory.resolve("jdk-11");
        Files.createDirectories(old.resolve("bin"));
        Files.writeString(old.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");
        assertThat(Files.createFile(old.resolve("bin/java")).toFile().setExecutable(true))
                .isTrue();

        Ended ended = run(checkout.resolve("chatelaine"), Map.of("JAVA_HOME", old.toString(), "PATH", "/nonexistent"));

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.output()).isEmpty();
        assertThat(ended.errors()).contains("Java 11.0.2").contains("is older").contains("Install a JDK 17");
    }

    @ParameterizedTest
    @CsvSource({
        "serve, false",
        "serve --port 0, false",
        "--home /nowhere --tenant acme serve, false",
        "--home=/nowhere serve, false",
        "stdio, true",
        "secret get serve, true",
        "--tenant serve secret list, true",
        "--tenant, true",
    })
    void onlyAServerThatStaysHasTheOptimisingCompiler(String arguments, boolean quick) throws Exception {
        holdArchive("");
        Ended ended = run(
                checkout.resolve("chatelaine"),
                Map.of("CHATELAINE_JAVA_OPTS", "-XX:+PrintCommandLineFlags -version"),
                arguments.split(" ", -1));

        assertThat(ended.status()).as(ended.errors()).isZero();
        assertThat(ended.output()).isEmpty();
        assertThat(ended.errors()).contains("-XX:-UsePerfData");
        assertThat(ended.errors().contains("-XX:TieredStopAtLevel=1")).isEqualTo(quick);
        assertThat(ended.errors().contains("-XX:+UseSerialGC") || !quick).isTrue();
    }

    private StartUpArchive archive() throws IOException {
        JavaRuntime runtime = JavaRuntime.at(Path.of(System.getProperty("java.home")));
        return new StartUpArchive(app, app.resolve("archive"), runtime, Clock.systemUTC());
    }

    /** Puts a text in the archive's place, with a stamp that says it fits; no text: a stamp alone. */
    private void holdArchive(String text) throws IOException {
        JavaRuntime runtime = JavaRuntime.at(Path.of(System.getProperty("java.home")));
        if (!text.isEmpty()) {
            Files.writeString(archive().file(), text);
        }
        Files.write(archive().stamp(), List.of(app.toString(), runtime.build()));
        Files.setLastModifiedTime(archive().stamp(), FileTime.from(Instant.now().plusSeconds(60)));
    }

    private static void assertAnswers(Ended ended) {
        assertThat(ended.status()).as(ended.errors()).isZero();
        assertThat(ended.output().lines())
                .singleElement()
                .asString()
                .startsWith("{")
                .contains("\"serverInfo\"");
    }

    private record Ended(int status, String output, String errors) {}

    private Ended run(Path launcher, Map<String, String> settings) throws IOException, InterruptedException {
        return run(launcher, settings, "stdio");
    }

    private Ended run(Path launcher, Map<String, String> settings, String... arguments)
            throws IOException, InterruptedException {
        Path input = Files.writeString(directory.resolve("input"), INITIALIZE);
        Path output = directory.resolve("output");
        Path errors = directory.resolve("errors");
        ProcessBuilder builder = new ProcessBuilder(
                        Stream.concat(Stream.of("/bin/sh", launcher.toString()), Stream.of(arguments))
                                .toList())
                .directory(directory.toFile())
                .redirectInput(input.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("CHATELAINE_HOME", directory.resolve("home").toString());
        builder.environment().putAll(settings);
        int status = builder.start().waitFor();
        return new Ended(status, Files.readString(output), Files.readString(errors));
    }
}
