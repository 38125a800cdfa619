package dev.chatelaine.mcp.startup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * One installed Java runtime, as its {@code release} file describes it.
 *
 * @param home its {@code java.home}
 * @param version the value of {@code JAVA_VERSION}, for example {@code 17.0.15}
 * @param build the values of {@code JAVA_RUNTIME_VERSION} and {@code IMPLEMENTOR}, joined by a space; tells apart two
 *     builds of one version. The launchers put it together in the same way
 */
record JavaRuntime(Path home, String version, String build) {

    JavaRuntime {
        Objects.requireNonNull(home, "home");
        if (!version.matches("[0-9][0-9A-Za-z.+_-]*")) {
            throw new IllegalArgumentException("not a Java version");
        }
    }

    /**
     * Describes the runtime installed at a directory.
     *
     * @throws IOException when it has no readable {@code release} file
     */
    static JavaRuntime at(Path home) throws IOException {
        Map<String, String> release = new HashMap<>();
        for (String line : Files.readAllLines(home.resolve("release"))) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                release.put(line.substring(0, equals), unquoted(line.substring(equals + 1)));
            }
        }
        return new JavaRuntime(
                home,
                release.getOrDefault("JAVA_VERSION", ""),
                release.getOrDefault("JAVA_RUNTIME_VERSION", "") + " " + release.getOrDefault("IMPLEMENTOR", ""));
    }

    /** The feature release: 17 for {@code 17.0.15}. */
    int feature() {
        return Integer.parseInt(version.split("[^0-9]", 2)[0]);
    }

    /** Whether this runtime offers an AOT cache (JEP 483), which replaces the class-data-sharing archive. */
    boolean offersAotCache() {
        return feature() >= 24;
    }

    Path executable() {
        return home.resolve("bin").resolve("java");
    }

    private static String unquoted(String value) {
        return value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1)
                : value;
    }
}
