package dev.chatelaine.mcp.cli;

import java.util.Map;

/** What {@code --version} says. */
final class Version {
    private Version() {}

    static String text(Map<String, String> properties) {
        return "chatelaine " + dev.chatelaine.mcp.config.Version.ofBuild() + " (Java "
                + properties.getOrDefault("java.version", "?") + ")";
    }
}
