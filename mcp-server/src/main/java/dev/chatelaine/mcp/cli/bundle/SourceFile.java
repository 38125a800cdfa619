package dev.chatelaine.mcp.cli.bundle;

import dev.chatelaine.mcp.cli.desk.Surroundings;
import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Reads the file that values are imported from. */
record SourceFile(Surroundings surroundings) {
    /** All the values that a bundle may have, each character escaped, and as much again for names and comments. */
    private static final int LONGEST = 16 * 1024 * 1024;

    private static final String STANDARD_INPUT = "-";

    /** @throws VaultException {@code invalid_field} when it cannot be read or is too long */
    byte[] read(String from) {
        try (InputStream in = open(from)) {
            byte[] bytes = in.readNBytes(LONGEST + 1);
            if (bytes.length > LONGEST) {
                throw refused("longer than 16 MiB");
            }
            return bytes;
        } catch (IOException | InvalidPathException e) {
            throw refused(e.getClass().getSimpleName());
        }
    }

    private InputStream open(String from) throws IOException {
        if (!from.equals(STANDARD_INPUT)) {
            return Files.newInputStream(Path.of(from));
        }
        if (surroundings.interactive() || surroundings.typedInSight().getAsBoolean()) {
            throw new VaultException(
                            ErrorCode.VALUE_REQUIRED,
                            "At a terminal the values would be seen as you type them. Nothing was stored.")
                    .withNext("Give a file with --from FILE, or on standard input.");
        }
        return surroundings.in();
    }

    private static VaultException refused(String why) {
        return new VaultException(
                        ErrorCode.INVALID_FIELD, "The environment file cannot be read ({}). Nothing was stored.", why)
                .withField("from");
    }
}
