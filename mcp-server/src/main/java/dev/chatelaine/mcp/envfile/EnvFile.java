package dev.chatelaine.mcp.envfile;

import dev.chatelaine.mcp.file.AtomicReplacement;
import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.crypto.SecretValue;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file with the values of a child, for its owner alone (0600). It is replaced in one step, and deleted at the end. For
 * one thread.
 */
public final class EnvFile implements AutoCloseable {
    private final Path path;
    private final @Nullable Path folder;

    private EnvFile(Path path, @Nullable Path folder) {
        this.path = path;
        this.folder = folder;
    }

    /**
     * The file at this place, which is not written yet. Its folder must be there.
     *
     * @throws VaultException {@code invalid_field} when somebody else's file is there
     */
    public static EnvFile at(Path place) {
        Path path = place.toAbsolutePath();
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !isOurs(path)) {
            throw new VaultException(
                            ErrorCode.INVALID_FIELD,
                            "There is a file at {} already that was not written by this command, and would be replaced"
                                    + " and deleted. Nothing was started. Name another one.",
                            path)
                    .withField("env-file");
        }
        return new EnvFile(path, null);
    }

    /**
     * A file in a new folder that its owner alone can enter (0700).
     *
     * @param runtime the user's own folder in memory ({@code XDG_RUNTIME_DIR}), where there is one; else the folder is
     *     where temporary files are
     * @throws VaultException {@code invalid_field} when there can be none
     */
    public static EnvFile inPrivateFolder(Optional<Path> runtime) {
        try {
            Optional<Path> memory = runtime.filter(Files::isDirectory).filter(Files::isWritable);
            // Java makes these for their owner alone, wherever the file system can say so.
            Path folder = memory.isPresent()
                    ? Files.createTempDirectory(memory.get(), "chatelaine-")
                    : Files.createTempDirectory("chatelaine-");
            return new EnvFile(folder.resolve("env"), folder);
        } catch (IOException e) {
            throw unwritable("the folder for temporary files", e);
        }
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /**
     * Replaces its content: whoever reads it finds the old values or the new ones.
     *
     * @throws VaultException {@code invalid_value} for a value that no such file can hold, {@code invalid_field} when it
     *     cannot be written; the old content stays
     */
    public void write(Map<String, SecretValue> values) {
        byte[] content = EnvFileText.of(values);
        try (AtomicReplacement replacement = AtomicReplacement.of(path)) {
            replacement.write(content);
            replacement.commit();
        } catch (IOException e) {
            throw unwritable(path, e);
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    /** Deletes it, as far as that is possible. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(path);
            if (folder != null) {
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            throw new VaultException(
                    ErrorCode.CONFLICT, "The env file {} could not be deleted. It holds values: delete it.", path);
        }
    }

    private static boolean isOurs(Path path) {
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (BufferedReader reader = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
            return EnvFileText.HEADING.equals(reader.readLine());
        } catch (IOException e) {
            return false;
        }
    }

    private static VaultException unwritable(Object what, IOException e) {
        return new VaultException(
                        ErrorCode.INVALID_FIELD,
                        "The env file cannot be written ({}: {}).",
                        what,
                        e.getClass().getSimpleName())
                .withField("env-file")
                .causedBy(e);
    }
}
