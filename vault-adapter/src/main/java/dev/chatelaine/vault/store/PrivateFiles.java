package dev.chatelaine.vault.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Files and folders that are their owner's alone from the moment they exist, where the file system knows owners
 * (POSIX). Stateless.
 */
public final class PrivateFiles {
    private static final Set<PosixFilePermission> OF_OTHERS = EnumSet.complementOf(EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE));
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private PrivateFiles() {}

    /** Makes the folder of a file, with those above it, where they are not there yet. */
    public static void createFolderOf(Path file) throws IOException {
        Path folder = folderOf(file);
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, attributes(folder, "rwx------"));
        }
    }

    /** Opens a file, which is made for its owner only when the options make it. */
    public static FileChannel open(Path file, Set<? extends OpenOption> options) throws IOException {
        return FileChannel.open(file, options, attributes(file, "rw-------"));
    }

    /** Takes all permissions on a file from everybody but its owner. */
    public static void restrict(Path file) throws IOException {
        if (othersMayUse(file)) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }

    /** Whether anybody but its owner has a permission on a file; never, where the file system knows no owners. */
    public static boolean othersMayUse(Path file) throws IOException {
        return posix(file) && Files.getPosixFilePermissions(file).stream().anyMatch(OF_OTHERS::contains);
    }

    /** Gives a whole, synchronised file another's name, in one step and durably: after a power cut it is the old or the new. */
    public static void moveInto(Path file, Path whole) throws IOException {
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        if (posix(file)) {
            try (FileChannel folder = FileChannel.open(folderOf(file), StandardOpenOption.READ)) {
                folder.force(true);
            }
        }
    }

    /**
     * Waits for an exclusive lock on one byte of a file. The system keeps other processes waiting; of a second channel
     * in this process the JDK says so by an exception, and it asks again.
     */
    public static FileLock lock(FileChannel channel, long position) throws IOException {
        while (true) {
            try {
                return channel.lock(position, 1, false);
            } catch (OverlappingFileLockException e) {
                LockSupport.parkNanos(RETRY_NANOS);
            }
        }
    }

    private static Path folderOf(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null ? file.toAbsolutePath() : folder;
    }

    private static boolean posix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static FileAttribute<?>[] attributes(Path path, String permissions) {
        return posix(path)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
