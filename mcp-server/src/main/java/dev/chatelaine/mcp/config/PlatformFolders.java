package dev.chatelaine.mcp.config;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Where a platform keeps a program's data and its configuration: XDG's folders, Windows' and macOS' own. */
final class PlatformFolders {
    private static final String NAME = "chatelaine";

    private final Map<String, String> environment;
    private final String osName;
    private final Path userHome;

    PlatformFolders(Map<String, String> environment, String osName, Path userHome) {
        this.environment = environment;
        this.osName = osName.toLowerCase(Locale.ROOT);
        this.userHome = userHome;
    }

    Path data() {
        if (osName.startsWith("windows")) {
            return named("LOCALAPPDATA", "AppData/Local").resolve(NAME);
        }
        if (osName.startsWith("mac")) {
            return userHome.resolve("Library/Application Support").resolve(NAME);
        }
        return named("XDG_DATA_HOME", ".local/share").resolve(NAME);
    }

    Path configuration() {
        if (osName.startsWith("windows")) {
            return named("APPDATA", "AppData/Roaming").resolve(NAME);
        }
        if (osName.startsWith("mac")) {
            return userHome.resolve("Library/Preferences").resolve(NAME);
        }
        return named("XDG_CONFIG_HOME", ".config").resolve(NAME);
    }

    /** XDG says that a relative path in its variables is to be ignored. */
    private Path named(String variable, String fallback) {
        String given = environment.getOrDefault(variable, "");
        return given.isBlank() || !Path.of(given).isAbsolute() ? userHome.resolve(fallback) : Path.of(given);
    }
}
