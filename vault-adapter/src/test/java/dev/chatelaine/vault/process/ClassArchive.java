package dev.chatelaine.vault.process;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/** A class path with a class-data-sharing archive, so that hundreds of JVMs start fast. */
public final class ClassArchive {
    private final String classPath;
    private final Path archive;

    private ClassArchive(String classPath, Path archive) {
        this.classPath = classPath;
        this.archive = archive;
    }

    /**
     * Packs the class path's folders into a jar, without which there is no archive, and lets one JVM write the archive.
     *
     * @param folder where both are put: {@code classes.jar} and {@code classes.jsa}
     * @param rehearsal starts a JVM with these arguments, lets it do what the others will do, and waits for its end
     */
    public static ClassArchive make(String classPath, Path folder, Consumer<List<String>> rehearsal)
            throws IOException {
        List<Path> folders = new ArrayList<>();
        List<String> jars = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator, -1)) {
            if (Files.isDirectory(Path.of(entry))) {
                folders.add(Path.of(entry));
            } else {
                jars.add(entry);
            }
        }
        Path packed = folder.resolve("classes.jar");
        pack(folders, packed);
        jars.add(0, packed.toString());
        ClassArchive made = new ClassArchive(String.join(File.pathSeparator, jars), folder.resolve("classes.jsa"));
        rehearsal.accept(made.arguments("-XX:ArchiveClassesAtExit="));
        return made;
    }

    /** What a JVM is started with that uses the archive, and keeps to itself what it thinks of it. */
    public List<String> arguments() {
        return arguments("-XX:SharedArchiveFile=");
    }

    private List<String> arguments(String purpose) {
        return List.of(purpose + archive, "-Xshare:auto", "-Xlog:disable", "-cp", classPath);
    }

    private static void pack(List<Path> folders, Path jar) throws IOException {
        Set<String> packed = new TreeSet<>();
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out)) {
            for (Path folder : folders) {
                for (Path file : filesIn(folder)) {
                    String name = folder.relativize(file).toString().replace('\\', '/');
                    if (packed.add(name)) {
                        entries.putNextEntry(new ZipEntry(name));
                        Files.copy(file, entries);
                        entries.closeEntry();
                    }
                }
            }
        }
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith(Path.of("META-INF", "MANIFEST.MF")))
                    .toList();
        }
    }
}
