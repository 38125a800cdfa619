package dev.chatelaine.mcp.host;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** A copy of a file beside it, with its permissions; closed before it is kept, it is removed. */
final class Backup implements AutoCloseable {
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int MOST_IN_A_SECOND = 100;

    private final Path path;
    private boolean kept;

    private Backup(Path path) {
        this.path = path;
    }

    /** Copies a file under a name of its own, so that no earlier backup is lost. */
    static Backup of(Path file, Instant now) throws IOException {
        String name = file.getFileName() + ".chatelaine-backup-" + TIMESTAMP.format(now);
        for (int count = 1; ; count++) {
            Path copy = file.resolveSibling(count == 1 ? name : name + "-" + count);
            try {
                // The JDK creates the copy with the permissions of the file, so it is never open to more people.
                Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
                return onDisk(new Backup(copy));
            } catch (FileAlreadyExistsException e) {
                if (count == MOST_IN_A_SECOND) {
                    throw e;
                }
            }
        }
    }

    private static Backup onDisk(Backup backup) throws IOException {
        try (FileChannel channel = FileChannel.open(backup.path, StandardOpenOption.WRITE)) {
            channel.force(true);
            return backup;
        } catch (IOException e) {
            backup.close();
            throw e;
        }
    }

    /** Lets the copy stay. */
    Path keep() {
        kept = true;
        return path;
    }

    @Override
    public void close() throws IOException {
        if (!kept) {
            Files.deleteIfExists(path);
        }
    }
}
