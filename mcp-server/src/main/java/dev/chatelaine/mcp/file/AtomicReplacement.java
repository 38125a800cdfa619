package dev.chatelaine.mcp.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;

/** A file written beside another that takes its place in one step; closed before that, it leaves nothing behind. */
public final class AtomicReplacement implements AutoCloseable {
    private final Path target;
    private final Path temporary;

    private AtomicReplacement(Path target, Path temporary) {
        this.target = target;
        this.temporary = temporary;
    }

    /** Begins one, readable by its owner alone. */
    public static AtomicReplacement of(Path target) throws IOException {
        Path directory = target.getParent();
        return new AtomicReplacement(target, Files.createTempFile(directory, ".chatelaine-", ".tmp"));
    }

    /**
     * Takes over owner, group and permissions.
     *
     * @throws AccessDeniedException when the file is read-only: a move in its place would not be stopped by that
     */
    public void takePermissionsOf(Path file) throws IOException {
        if (!Files.isWritable(file)) {
            throw new AccessDeniedException(file.toString());
        }
        PosixFileAttributeView to = Files.getFileAttributeView(temporary, PosixFileAttributeView.class);
        if (to == null) {
            return;
        }
        PosixFileAttributes from = Files.readAttributes(file, PosixFileAttributes.class);
        // Told by the bits and not by access alone, which root always has.
        if (!from.permissions().contains(PosixFilePermission.OWNER_WRITE)) {
            throw new AccessDeniedException(file.toString());
        }
        PosixFileAttributes own = to.readAttributes();
        if (!from.owner().equals(own.owner())) {
            to.setOwner(from.owner());
        }
        if (!from.group().equals(own.group())) {
            to.setGroup(from.group());
        }
        to.setPermissions(from.permissions());
    }

    public void write(byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            ByteBuffer remaining = ByteBuffer.wrap(content);
            while (remaining.hasRemaining()) {
                channel.write(remaining);
            }
            channel.force(true);
        }
    }

    /** Takes the target's place: whoever reads it finds the old content or the new, also after a crash. */
    public void commit() throws IOException {
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(temporary);
    }
}
