package dev.chatelaine.mcp.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostLocationsTest {
    @TempDir
    private Path home;

    private Path file(String os, Map<String, String> environment, McpHost host) {
        return new HostLocations(environment, OperatingSystem.named(os), home).configurationFile(host);
    }

    @ParameterizedTest
    @CsvSource({
        "Mac OS X,   CLAUDE_DESKTOP, Library/Application Support/Claude/claude_desktop_config.json",
        "Windows 11, CLAUDE_DESKTOP, AppData/Roaming/Claude/claude_desktop_config.json",
        "Linux,      CLAUDE_DESKTOP, .config/Claude/claude_desktop_config.json",
        "Mac OS X,   CLAUDE_CODE,    .claude.json",
        "Windows 11, CLAUDE_CODE,    .claude.json",
        "Linux,      CLAUDE_CODE,    .claude.json",
        "Mac OS X,   CURSOR,         .cursor/mcp.json",
        "Windows 11, CURSOR,         .cursor/mcp.json",
        "Linux,      CURSOR,         .cursor/mcp.json",
        "Mac OS X,   VS_CODE,        Library/Application Support/Code/User/mcp.json",
        "Windows 11, VS_CODE,        AppData/Roaming/Code/User/mcp.json",
        "FreeBSD,    VS_CODE,        .config/Code/User/mcp.json",
    })
    void eachHostHasItsPlaceOnEachSystem(String os, McpHost host, String expected) {
        assertThat(file(os, Map.of(), host)).isEqualTo(home.resolve(expected));
    }

    @Test
    void theEnvironmentMovesTheFiles() {
        String moved = home.resolve("moved").toString();
        Path to = home.resolve("moved");
        assertThat(file("Windows 11", Map.of("APPDATA", moved), McpHost.CLAUDE_DESKTOP))
                .isEqualTo(to.resolve("Claude/claude_desktop_config.json"));
        assertThat(file("Linux", Map.of("XDG_CONFIG_HOME", moved), McpHost.CLAUDE_DESKTOP))
                .isEqualTo(to.resolve("Claude/claude_desktop_config.json"));
        assertThat(file("Linux", Map.of("CLAUDE_CONFIG_DIR", moved), McpHost.CLAUDE_CODE))
                .isEqualTo(to.resolve(".claude.json"));
        assertThat(file("Linux", Map.of("VSCODE_APPDATA", moved), McpHost.VS_CODE))
                .isEqualTo(to.resolve("Code/User/mcp.json"));
        assertThat(file("Linux", Map.of("VSCODE_PORTABLE", moved), McpHost.VS_CODE))
                .isEqualTo(to.resolve("user-data/User/mcp.json"));
    }

    @ParameterizedTest
    @CsvSource({"''", "relative/dir"})
    void anEmptyOrRelativeDirectoryIsPassedOver(String value) {
        assertThat(file("Linux", Map.of("XDG_CONFIG_HOME", value), McpHost.VS_CODE))
                .isEqualTo(home.resolve(".config/Code/User/mcp.json"));
    }

    @Test
    void aPackagedClaudeDesktopOnWindowsIsPreferred() throws Exception {
        Path packaged = packagedClaude("Claude_pzs8sxrjxfjjc");
        assertThat(file("Windows 11", Map.of(), McpHost.CLAUDE_DESKTOP))
                .isEqualTo(packaged.resolve("claude_desktop_config.json"));
    }

    @Test
    void ofSeveralPackagedOnesTheOneWithAFileIsTaken() throws Exception {
        packagedClaude("Claude_a");
        Path used = Files.createFile(packagedClaude("Claude_b").resolve("claude_desktop_config.json"));
        assertThat(file("Windows 11", Map.of(), McpHost.CLAUDE_DESKTOP)).isEqualTo(used);
    }

    @Test
    void severalPackagedOnesWithoutAFileAreRefused() throws Exception {
        packagedClaude("Claude_a");
        packagedClaude("Claude_b");
        assertThatThrownBy(() -> file("Windows 11", Map.of(), McpHost.CLAUDE_DESKTOP))
                .isInstanceOf(SetupException.class)
                .hasMessageContaining("Claude_a")
                .hasMessageContaining("Claude_b");
    }

    private Path packagedClaude(String name) throws Exception {
        return Files.createDirectories(
                home.resolve("AppData/Local/Packages").resolve(name).resolve("LocalCache/Roaming/Claude"));
    }
}
