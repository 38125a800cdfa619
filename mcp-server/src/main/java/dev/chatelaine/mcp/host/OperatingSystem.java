package dev.chatelaine.mcp.host;

import java.util.Locale;

/** The families of operating systems that differ in where a host keeps its configuration. */
public enum OperatingSystem {
    MACOS,
    WINDOWS,
    /** Linux, and every other system that follows the XDG base directories. */
    LINUX;

    /** The family of a name as the system property {@code os.name} gives it, such as {@code Mac OS X}. */
    public static OperatingSystem named(String osName) {
        String name = osName.toLowerCase(Locale.ROOT);
        if (name.startsWith("windows")) {
            return WINDOWS;
        }
        return name.startsWith("mac") ? MACOS : LINUX;
    }
}
