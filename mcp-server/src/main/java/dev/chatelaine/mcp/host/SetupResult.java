package dev.chatelaine.mcp.host;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * What came of adding Chatelaine to a host.
 *
 * @param host the host
 * @param file the configuration file, links resolved
 * @param change what was done to it
 * @param backup the file as it was before, when there was one and it was changed
 */
public record SetupResult(McpHost host, Path file, Change change, Optional<Path> backup) {
    /** What was done to a configuration file. */
    public enum Change {
        /** There was no file; now there is one. */
        CREATED,
        /** The entry was added, or an earlier one corrected. */
        CHANGED,
        /** The entry was in it already; nothing was written. */
        UNCHANGED;

        /** The word used in output for scripts. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
