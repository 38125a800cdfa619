package dev.chatelaine.mcp.startup;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The start-up archive of one program directory for one Java runtime.
 *
 * <p>Beside the archive lies a stamp, two lines: the program directory and the runtime's {@link JavaRuntime#build()}.
 * A launcher passes the archive to the JVM only when the stamp says what the launcher sees itself and is newer than the
 * jar. A stamp without an archive says that this runtime could make none, so that nobody tries again. Both are put in
 * place by renaming, so that a reader meets a whole file or none.
 */
final class StartUpArchive {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Path app;
    private final Path directory;
    private final JavaRuntime runtime;
    private final Clock clock;

    /**
     * @param app the program directory: {@code chatelaine.jar}, {@code lib/}, {@code jvm.options}; spelt as the launcher
     *     spells it, since the JVM compares class paths as text
     * @param directory where archives are kept; made when missing
     */
    StartUpArchive(Path app, Path directory, JavaRuntime runtime, Clock clock) throws IOException {
        this.app = app.toAbsolutePath().normalize();
        this.directory = Files.createDirectories(directory).toRealPath();
        this.runtime = runtime;
        this.clock = clock;
    }

    Path file() {
        return directory.resolve(runtime.version() + (runtime.offersAotCache() ? ".aot" : ".jsa"));
    }

    Path stamp() {
        return directory.resolve(runtime.version() + ".stamp");
    }

    /**
     * Makes the archive and its stamp, unless a fitting stamp is there already. While another process is at it, waits
     * for it.
     *
     * @return whether there is an archive now; false when this runtime cannot make one
     * @throws IOException when the server could not hold the training session, the program was replaced meanwhile, or
     *     the directory cannot be written
     */
    boolean make() throws IOException, InterruptedException {
        Path lockFile = directory.resolve(runtime.version() + ".lock");
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (lock.isValid() && !isStamped()) {
                makeAlone();
            }
            return Files.isRegularFile(file());
        }
    }

    private boolean isStamped() throws IOException {
        return Files.isRegularFile(stamp())
                && Files.getLastModifiedTime(stamp()).compareTo(Files.getLastModifiedTime(jar())) > 0
                && Files.readAllLines(stamp()).equals(stampLines());
    }

    private void makeAlone() throws IOException, InterruptedException {
        String prefix = ".making-" + runtime.version() + "-";
        tidy(prefix);
        Path work = Files.createTempDirectory(directory, prefix);
        try {
            FileTime jarTime = Files.getLastModifiedTime(jar());
            Path made = work.resolve(file().getFileName());
            train(work, made);
            if (!Files.getLastModifiedTime(jar()).equals(jarTime)) {
                throw new IOException("the program was replaced meanwhile");
            }
            put(made, work.resolve("stamp"));
        } finally {
            remove(work);
        }
    }

    private void put(Path made, Path draft) throws IOException {
        Files.deleteIfExists(stamp());
        Files.deleteIfExists(file());
        if (Files.isRegularFile(made)) {
            Files.move(made, file(), StandardCopyOption.ATOMIC_MOVE);
        }
        Files.write(draft, stampLines());
        Instant newerThanJar = Files.getLastModifiedTime(jar()).toInstant().plusSeconds(1);
        Instant now = clock.instant();
        Files.setLastModifiedTime(draft, FileTime.from(now.isAfter(newerThanJar) ? now : newerThanJar));
        Files.move(draft, stamp(), StandardCopyOption.ATOMIC_MOVE);
    }

    private List<String> stampLines() {
        return List.of(app.toString(), runtime.build());
    }

    private void train(Path work, Path made) throws IOException, InterruptedException {
        TrainingSession session = new TrainingSession(Files.createDirectory(work.resolve("home")), LIMIT);
        if (!runtime.offersAotCache()) {
            session.hold(command("-XX:ArchiveClassesAtExit=" + made));
            return;
        }
        Path learnt = work.resolve("learnt");
        session.hold(command("-XX:AOTMode=record", "-XX:AOTConfiguration=" + learnt));
        List<String> create = command("-XX:AOTMode=create", "-XX:AOTConfiguration=" + learnt, "-XX:AOTCache=" + made);
        new ProcessBuilder(create)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private List<String> command(String... options) {
        List<String> command = new ArrayList<>();
        command.add(runtime.executable().toString());
        command.add("@" + app.resolve("jvm.options"));
        command.addAll(List.of(options));
        command.addAll(List.of("-jar", jar().toString(), "stdio"));
        return command;
    }

    private Path jar() {
        return app.resolve("chatelaine.jar");
    }

    /** Removes what a killed process left behind, and what was made for an earlier jar. */
    private void tidy(String prefix) throws IOException {
        List<Path> entries;
        try (Stream<Path> listed = Files.list(directory)) {
            entries = listed.toList();
        }
        FileTime jarTime = Files.getLastModifiedTime(jar());
        for (Path entry : entries) {
            String name = entry.getFileName().toString();
            boolean madeBefore = name.matches(".*\\.(stamp|jsa|aot)")
                    && Files.getLastModifiedTime(entry).compareTo(jarTime) < 0;
            if (madeBefore || name.startsWith(prefix)) {
                remove(entry);
            }
        }
    }

    private static void remove(Path tree) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> entries = Files.walk(tree)) {
            deepestFirst = entries.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path entry : deepestFirst) {
            Files.deleteIfExists(entry);
        }
    }
}
