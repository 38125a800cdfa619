package dev.chatelaine.mcp.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatelaine.mcp.host.SetupResult.Change;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class HostSetupTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T01:02:03Z"), ZoneOffset.UTC);
    private static final String BACKUP = "mcp.json.chatelaine-backup-20261122T010203Z";
    private static final LaunchedServer SERVER = LaunchedServer.stdio("/opt/chatelaine");

    @TempDir
    private Path home;

    private Path file;

    @BeforeEach
    void aCursorOfThePerson() {
        file = home.resolve(".cursor").resolve("mcp.json");
    }

    private SetupResult add(LaunchedServer server) {
        return new HostSetup(new HostLocations(Map.of(), OperatingSystem.LINUX, home), CLOCK)
                .add(McpHost.CURSOR, server);
    }

    private void given(byte... content) throws Exception {
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    private void given(String content) throws Exception {
        given(content.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> names() throws Exception {
        try (Stream<Path> files = Files.list(file.getParent())) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aMissingFileAndItsDirectoriesAreCreatedWithoutABackup() throws Exception {
        SetupResult result = add(SERVER);

        assertThat(result.change()).isEqualTo(Change.CREATED);
        assertThat(result.backup()).isEmpty();
        assertThat(file).content().startsWith("{\n  \"mcpServers\": {\n    \"chatelaine\": {\n");
        assertThat(names()).containsExactly("mcp.json");
    }

    @Test
    void theBackupHoldsTheBytesAsTheyWere() throws Exception {
        given("{\"a\": \"é\"}");
        SetupResult result = add(SERVER);

        assertThat(result.change()).isEqualTo(Change.CHANGED);
        assertThat(result.backup()).contains(file.resolveSibling(BACKUP));
        assertThat(file.resolveSibling(BACKUP)).hasContent("{\"a\": \"é\"}");
        assertThat(names()).containsExactly("mcp.json", BACKUP);
    }

    @Test
    void runningTwiceWritesNothing() throws Exception {
        given("{}");
        add(SERVER);
        byte[] once = Files.readAllBytes(file);
        Object key = Files.getAttribute(file, "lastModifiedTime");
        SetupResult second = add(SERVER);

        assertThat(second.change()).isEqualTo(Change.UNCHANGED);
        assertThat(second.backup()).isEmpty();
        assertThat(file).hasBinaryContent(once);
        assertThat(Files.getAttribute(file, "lastModifiedTime")).isEqualTo(key);
        assertThat(names()).containsExactly("mcp.json", BACKUP);
    }

    @Test
    void twoChangesInOneSecondKeepTwoBackups() throws Exception {
        given("{}");
        add(SERVER);
        add(LaunchedServer.stdio("/moved/chatelaine"));

        assertThat(names()).containsExactly("mcp.json", BACKUP, BACKUP + "-2");
        assertThat(file.resolveSibling(BACKUP)).hasContent("{}");
        assertThat(file.resolveSibling(BACKUP + "-2")).content().contains("/opt/chatelaine");
    }

    @Test
    void theByteOrderMarkStays() throws Exception {
        given("\uFEFF{\"x\": 1}\n");
        add(SERVER);
        assertThat(file).content().startsWith("\uFEFF{\"x\": 1, \"mcpServers\"");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void fileAndBackupKeepThePermissions() throws Exception {
        given("{}");
        for (String permissions : List.of("rw-------", "rw-r--r--", "rw-rw----")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
            SetupResult result = add(LaunchedServer.stdio("/opt/" + permissions));

            assertThat(permissions(file)).isEqualTo(permissions);
            assertThat(permissions(result.backup().orElseThrow())).isEqualTo(permissions);
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aNewFileIsTheOwnersAlone() throws Exception {
        add(SERVER);
        assertThat(permissions(file)).isEqualTo("rw-------");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aLinkStaysAndTheFileItLeadsToIsChanged() throws Exception {
        Path real = Files.createDirectories(home.resolve("dotfiles")).resolve("cursor.json");
        Files.writeString(real, "{}");
        Files.createDirectories(file.getParent());
        Files.createSymbolicLink(file, Path.of("../dotfiles/cursor.json"));
        SetupResult result = add(SERVER);

        assertThat(file).isSymbolicLink();
        assertThat(real).content().contains("/opt/chatelaine");
        assertThat(result.backup().orElseThrow()).hasParent(real.getParent()).hasContent("{}");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aLinkToNothingGetsItsFile() throws Exception {
        Files.createDirectories(file.getParent());
        Files.createSymbolicLink(file, home.resolve("dotfiles").resolve("cursor.json"));
        add(SERVER);
        assertThat(home.resolve("dotfiles").resolve("cursor.json")).content().contains("/opt/chatelaine");
        assertThat(file).isSymbolicLink();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void linksInACircleAreRefused() throws Exception {
        Files.createDirectories(file.getParent());
        Files.createSymbolicLink(file, file);
        assertThatThrownBy(() -> add(SERVER)).isInstanceOf(SetupException.class).hasMessageContaining("do not end");
    }

    @Test
    void aFileThatIsNotJsonIsRefusedAndUntouched() throws Exception {
        given("{\n  \"mcpServers\": {\n");
        refused("is not valid JSON at line 3");
        assertThat(file).hasContent("{\n  \"mcpServers\": {\n");
    }

    @Test
    void aFileThatIsNotUtf8IsRefusedAndUntouched() throws Exception {
        for (byte[] content : List.of(
                "{\"a\": \"é\"}".getBytes(StandardCharsets.ISO_8859_1), "{}".getBytes(StandardCharsets.UTF_16))) {
            given(content);
            refused("is not UTF-8 text");
            assertThat(file).hasBinaryContent(content);
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aReadOnlyFileIsRefusedAndUntouched() throws Exception {
        given("{}");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
        refused("cannot be written");
        assertThat(file).hasContent("{}");
        assertThat(permissions(file)).isEqualTo("r--r--r--");
    }

    @Test
    void aDirectoryInTheFilesPlaceIsRefused() throws Exception {
        Files.createDirectories(file);
        refused("is not a configuration file");
    }

    @Test
    void aFileInTheDirectorysPlaceIsRefused() throws Exception {
        Files.writeString(home.resolve(".cursor"), "x");
        assertThatThrownBy(() -> add(SERVER)).isInstanceOf(SetupException.class);
        assertThat(home.resolve(".cursor")).hasContent("x");
    }

    @Test
    void aFileChangedByAnotherMeanwhileIsLeftToIt() throws Exception {
        given("{}");
        ConfigurationFile configuration = ConfigurationFile.at(file);
        ConfigurationText read = configuration.read().orElseThrow();
        given("{\"new\": 1}");

        assertThatThrownBy(() -> configuration.replace(read, new ConfigurationText(false, "{}x"), CLOCK.instant()))
                .hasMessageContaining("was changed by another program");
        assertThatThrownBy(() -> configuration.create(read)).hasMessageContaining("was changed by another program");
        assertThat(file).hasContent("{\"new\": 1}");
        assertThat(names()).containsExactly("mcp.json");
    }

    private void refused(String message) throws Exception {
        assertThatThrownBy(() -> add(SERVER))
                .isInstanceOfSatisfying(
                        SetupException.class, e -> assertThat(e.next()).isNotBlank())
                .hasMessageContaining(file.toString())
                .hasMessageContaining(message);
        assertThat(names()).containsExactly("mcp.json");
    }

    private static String permissions(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
