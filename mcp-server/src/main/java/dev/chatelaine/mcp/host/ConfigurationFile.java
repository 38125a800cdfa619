package dev.chatelaine.mcp.host;

import dev.chatelaine.mcp.file.AtomicReplacement;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** A host's configuration file, replaced as a whole or not at all. */
final class ConfigurationFile {
    /** Far above what a host keeps here; a larger file is something else. */
    private static final long MOST_BYTES = 64L << 20;

    private static final int MOST_LINKS = 40;

    private final Path path;

    private ConfigurationFile(Path path) {
        this.path = path;
    }

    /**
     * The file a path names, or the file a link there leads to: the link stays when the file is replaced.
     *
     * @throws SetupException when the links do not end
     */
    static ConfigurationFile at(Path path) {
        Path file = path.toAbsolutePath();
        try {
            for (int links = 0; Files.isSymbolicLink(file); links++) {
                if (links == MOST_LINKS) {
                    throw new SetupException("The links from " + path + " do not end at a file.", "Remove the link.");
                }
                file = file.resolveSibling(Files.readSymbolicLink(file)).normalize();
            }
        } catch (IOException e) {
            throw unusable("cannot be read", file, e);
        }
        return new ConfigurationFile(file);
    }

    Path path() {
        return path;
    }

    /**
     * The content, or nothing when there is no such file.
     *
     * @throws SetupException when it is no regular file, too large, not readable or not UTF-8
     */
    Optional<ConfigurationText> read() {
        try {
            if (Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.empty();
            }
            if (Files.exists(path) && (!Files.isRegularFile(path) || Files.size(path) > MOST_BYTES)) {
                throw new SetupException(
                        path + " is not a configuration file.", "Look at what stands there and move it away.");
            }
            return Optional.of(ConfigurationText.of(Files.readAllBytes(path)));
        } catch (CharacterCodingException e) {
            throw new SetupException(
                    path + " is not UTF-8 text; it was not changed.", "Save it as UTF-8 and run the command again.", e);
        } catch (IOException e) {
            throw unusable("cannot be read", path, e);
        }
    }

    /**
     * Makes a file that was not there, and the directories above it. Only its owner can read it: hosts keep keys in it.
     *
     * @throws SetupException when it cannot be made, or is there by now
     */
    void create(ConfigurationText content) {
        try {
            Files.createDirectories(path.getParent());
            try (AtomicReplacement replacement = AtomicReplacement.of(path)) {
                replacement.write(content.bytes());
                if (read().isPresent()) {
                    throw changedMeanwhile();
                }
                replacement.commit();
            }
        } catch (IOException e) {
            throw unusable("cannot be written", path, e);
        }
    }

    /**
     * Replaces the content in one step and keeps the old in a backup beside the file, with the same permissions.
     *
     * @param before what was read
     * @param now the time that names the backup
     * @return the backup
     * @throws SetupException when the file may not be written, or is no longer what was read; it is then untouched and
     *     there is no backup
     */
    Path replace(ConfigurationText before, ConfigurationText after, Instant now) {
        try (AtomicReplacement replacement = AtomicReplacement.of(path)) {
            replacement.takePermissionsOf(path);
            replacement.write(after.bytes());
            if (!read().equals(Optional.of(before))) {
                throw changedMeanwhile();
            }
            try (Backup backup = Backup.of(path, now)) {
                replacement.commit();
                return backup.keep();
            }
        } catch (IOException e) {
            throw unusable("cannot be written", path, e);
        }
    }

    private SetupException changedMeanwhile() {
        return new SetupException(
                path + " was changed by another program meanwhile; it was left as it is.",
                "Quit the host and run the command again.");
    }

    private static SetupException unusable(String what, Path path, IOException cause) {
        String why =
                cause instanceof FileAlreadyExistsException ? " because a file stands where a directory is needed" : "";
        return new SetupException(
                path + " " + what + why + "; it was not changed.",
                "Check owner and permissions of the file and its directory.",
                cause);
    }
}
