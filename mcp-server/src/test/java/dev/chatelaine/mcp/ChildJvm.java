package dev.chatelaine.mcp;

import dev.chatelaine.vault.process.ClassArchive;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How tests start the program, or one of their own classes, in a JVM of its own: with their class path, and fast. */
public final class ChildJvm {
    private ChildJvm() {}

    /** The whole command. */
    public static List<String> command(String main, String... arguments) {
        return command(List.of(), main, arguments);
    }

    /** The whole command, with options of the JVM, which win over the usual ones. */
    public static List<String> command(List<String> options, String main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(java());
        command.addAll(arguments(options, main, arguments));
        return command;
    }

    /** The executable. */
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** What follows the executable. */
    public static List<String> arguments(String main, String... arguments) {
        return arguments(List.of(), main, arguments);
    }

    private static List<String> arguments(List<String> options, String main, String... arguments) {
        return with(Archive.MADE.arguments(), options, main, arguments);
    }

    static List<String> with(List<String> classes, List<String> options, String main, String... arguments) {
        List<String> all = new ArrayList<>(List.of(
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir")));
        all.addAll(classes);
        all.addAll(options);
        all.add(main);
        all.addAll(List.of(arguments));
        return all;
    }

    /** Made when the first of them is started, and gone when the tests end. */
    private static final class Archive {
        private static final ClassArchive MADE = Rehearsal.archive();
    }
}
