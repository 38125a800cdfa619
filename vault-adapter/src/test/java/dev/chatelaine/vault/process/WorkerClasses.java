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
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/** The test's class path with a class-data-sharing archive, so that hundreds of workers start fast. */
final class WorkerClasses {
    private final String classPath;
    private final Path archive;

    private WorkerClasses(String classPath, Path archive) {
        this.classPath = classPath;
        this.archive = archive;
    }

    /** The test's own class path, as it is. */
    static List<String> plain() {
        return List.of("-cp", System.getProperty("java.class.path"));
    }

    /** Packs folders into a jar, without which there is no archive, and lets one worker write the archive. */
    static WorkerClasses archived(Path folder) throws IOException {
        List<Path> folders = new ArrayList<>();
        List<String> jars = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (Files.isDirectory(Path.of(entry))) {
                folders.add(Path.of(entry));
            } else {
                jars.add(entry);
            }
        }
        Path packed = folder.resolve("classes.jar");
        pack(folders, packed);
        jars.add(0, packed.toString());
        WorkerClasses classes = new WorkerClasses(String.join(File.pathSeparator, jars), folder.resolve("classes.jsa"));
        classes.record(folder.resolve("rehearsal"));
        return classes;
    }

    List<String> arguments() {
        return List.of("-XX:SharedArchiveFile=" + archive, "-Xshare:auto", "-Xlog:disable", "-cp", classPath);
    }

    private void record(Path folder) {
        List<String> recording = List.of("-XX:ArchiveClassesAtExit=" + archive, "-Xlog:disable", "-cp", classPath);
        try (WorkerProcess worker = WorkerProcess.start(folder, recording)) {
            worker.ready();
            worker.send("create name value");
            worker.awaitLine("ok");
            worker.finish();
        }
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
