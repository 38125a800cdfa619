package dev.chatelaine.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** A new folder, deleted with all that is in it when this is closed. */
public record Folder(Path path) implements AutoCloseable {
    /** A new one, with this in its name. */
    public static Folder create(String name) throws IOException {
        return new Folder(Files.createTempDirectory(name));
    }

    @Override
    public void close() throws IOException {
        try (var all = Files.walk(path)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
