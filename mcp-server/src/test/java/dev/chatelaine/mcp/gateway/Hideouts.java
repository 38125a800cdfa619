package dev.chatelaine.mcp.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.Canary;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where a value might be left lying: the files of a vault, and what is in the temporary folder since this was made. */
final class Hideouts {
    private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

    private final Set<Path> before = temporary();

    /** Fails where the canary is in one of the files. */
    void search(Path home, Canary canary) throws IOException {
        List<Path> files = files(home);
        assertThat(files).as("the vault's own files").isNotEmpty();
        for (Path added : temporary()) {
            if (!before.contains(added)) {
                files.addAll(files(added));
            }
        }
        for (Path file : files) {
            assertThat(canary.foundIn(bytes(file))).as(file.toString()).isEmpty();
        }
    }

    private static Set<Path> temporary() {
        File[] there = TEMPORARY.toFile().listFiles();
        return Arrays.stream(Objects.requireNonNullElse(there, new File[0]))
                .map(File::toPath)
                .collect(Collectors.toSet());
    }

    /** Those that are there; others work in the temporary folder too, and what is gone again is nobody's. */
    private static List<Path> files(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException gone) {
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            return new byte[0];
        }
    }
}
