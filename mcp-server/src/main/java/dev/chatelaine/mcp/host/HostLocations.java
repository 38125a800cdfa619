package dev.chatelaine.mcp.host;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where each host keeps the person's own configuration file.
 *
 * @param environment the environment variables the hosts obey too: {@code APPDATA}, {@code LOCALAPPDATA},
 *     {@code XDG_CONFIG_HOME}, {@code CLAUDE_CONFIG_DIR}, {@code VSCODE_PORTABLE}, {@code VSCODE_APPDATA}
 * @param os the operating system
 * @param home the person's home directory
 */
public record HostLocations(Map<String, String> environment, OperatingSystem os, Path home) {
    private static final String CLAUDE_DESKTOP_FILE = "claude_desktop_config.json";

    public HostLocations {
        environment = Map.copyOf(environment);
    }

    /**
     * The file in force for a host, which need not exist.
     *
     * @throws SetupException when two installations of the host are found and neither is plainly the one in use
     */
    public Path configurationFile(McpHost host) {
        return switch (host) {
            case CLAUDE_DESKTOP -> claudeDesktop();
            case CLAUDE_CODE -> directory("CLAUDE_CONFIG_DIR", home).resolve(".claude.json");
            case CURSOR -> home.resolve(".cursor").resolve("mcp.json");
            case VS_CODE -> vsCodeUserDirectory().resolve("mcp.json");
        };
    }

    private Path claudeDesktop() {
        if (os == OperatingSystem.WINDOWS) {
            Path packaged = packagedClaudeDesktop();
            if (packaged != null) {
                return packaged;
            }
        }
        return applicationData().resolve("Claude").resolve(CLAUDE_DESKTOP_FILE);
    }

    /** Windows keeps the files of an app installed as MSIX package in a directory of that package's own. */
    private @Nullable Path packagedClaudeDesktop() {
        Path packages = directory("LOCALAPPDATA", home.resolve("AppData").resolve("Local"))
                .resolve("Packages");
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(packages)) {
            try (DirectoryStream<Path> claudes = Files.newDirectoryStream(packages, "Claude_*")) {
                for (Path claude : claudes) {
                    Path directory =
                            claude.resolve("LocalCache").resolve("Roaming").resolve("Claude");
                    if (Files.isDirectory(directory)) {
                        found.add(directory.resolve(CLAUDE_DESKTOP_FILE));
                    }
                }
            } catch (IOException e) {
                throw new SetupException(
                        "The directory " + packages + " cannot be listed.", "Check its permissions.", e);
            }
        }
        return onlyOne(found);
    }

    private static @Nullable Path onlyOne(List<Path> found) {
        List<Path> candidates =
                found.size() > 1 ? found.stream().filter(Files::exists).toList() : found;
        if (found.isEmpty()) {
            return null;
        }
        if (candidates.size() != 1) {
            throw new SetupException(
                    "Several installations of Claude Desktop were found: " + found + ".",
                    "Add the server by hand: --print shows what to add.");
        }
        return candidates.get(0);
    }

    private Path vsCodeUserDirectory() {
        Path data = environment.containsKey("VSCODE_PORTABLE")
                ? directory("VSCODE_PORTABLE", home).resolve("user-data")
                : directory("VSCODE_APPDATA", applicationData()).resolve("Code");
        return data.resolve("User");
    }

    private Path applicationData() {
        return switch (os) {
            case MACOS -> home.resolve("Library").resolve("Application Support");
            case WINDOWS -> directory("APPDATA", home.resolve("AppData").resolve("Roaming"));
            case LINUX -> directory("XDG_CONFIG_HOME", home.resolve(".config"));
        };
    }

    /** A relative directory is passed over, as the XDG base directory specification asks. */
    private Path directory(String variable, Path otherwise) {
        String value = environment.getOrDefault(variable, "");
        Path path = value.isBlank() ? otherwise : home.getFileSystem().getPath(value);
        return path.isAbsolute() ? path : otherwise;
    }
}
