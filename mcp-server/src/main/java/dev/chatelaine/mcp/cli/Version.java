package dev.chatelaine.mcp.cli;

import java.util.Map;

/** What {@code --version} says. */
final class Version {
    private Version() {}

    static String text(Map<String, String> properties) {
        String version = CommandLineMain.class.getPackage().getImplementationVersion();
        return "chatelaine " + (version == null ? "(not packaged)" : version) + " (Java "
                + properties.getOrDefault("java.version", "?") + ")";
    }
}
