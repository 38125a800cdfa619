package dev.chatelaine.mcp.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** Who may use a file. */
final class Permissions {
    private static final Set<PosixFilePermission> OWNERS =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private Permissions() {}

    /** Whether its owner alone may; where the file system does not say, it is taken for so. */
    static boolean ownerOnly(Path path) throws IOException {
        return !path.getFileSystem().supportedFileAttributeViews().contains("posix")
                || OWNERS.containsAll(Files.getPosixFilePermissions(path));
    }
}
