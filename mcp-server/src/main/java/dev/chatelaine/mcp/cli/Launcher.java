package dev.chatelaine.mcp.cli;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Where the program is that a host is to start. */
final class Launcher {
    /** Set by a launcher that lies elsewhere than above the program's jar. */
    static final String PROPERTY = "chatelaine.launcher";

    private static final String NAME = "chatelaine";

    private Launcher() {}

    /** Its absolute path; its bare name where it cannot be found, so that the host looks for it in its own PATH. */
    static String path(Map<String, String> properties) {
        String given = properties.getOrDefault(PROPERTY, "");
        if (!given.isBlank()) {
            return Path.of(given).toAbsolutePath().normalize().toString();
        }
        String file = properties.getOrDefault("os.name", "").startsWith("Windows") ? NAME + ".cmd" : NAME;
        String program = properties.getOrDefault("java.class.path", "").split(File.pathSeparator, 2)[0];
        for (Path above = Path.of(program).toAbsolutePath(); above != null; above = above.getParent()) {
            Path candidate = above.resolve(file);
            if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
                return candidate.toString();
            }
        }
        return NAME;
    }
}
