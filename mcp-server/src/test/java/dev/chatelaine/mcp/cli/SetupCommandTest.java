package dev.chatelaine.mcp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SetupCommandTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T01:02:03Z"), ZoneOffset.UTC);

    @TempDir
    private Path home;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return new CommandLine(new SetupCommand(Map.of(), "Mac OS X", home, "/opt/chatelaine", CLOCK))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private Path desktop() {
        return home.resolve("Library/Application Support/Claude/claude_desktop_config.json");
    }

    @ParameterizedTest
    @CsvSource({
        "claude-desktop, Library/Application Support/Claude/claude_desktop_config.json",
        "claude-code,    .claude.json",
        "cursor,         .cursor/mcp.json",
        "vscode,         Library/Application Support/Code/User/mcp.json",
    })
    void eachHostIsSetUpInOneCommand(String host, String file) {
        assertThat(run(host)).isZero();
        assertThat(home.resolve(file)).content().contains("\"command\": \"/opt/chatelaine\"", "\"args\": [\"stdio\"]");
        assertThat(out.toString()).contains(home.resolve(file).toString(), "Next: ");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aChangeNamesTheBackupAndTheNextStep() throws Exception {
        Files.createDirectories(desktop().getParent());
        Files.writeString(desktop(), "{}");
        assertThat(run("claude-desktop")).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "Added Chatelaine to Claude Desktop: " + desktop(),
                        "The file as it was: " + desktop() + ".chatelaine-backup-20261122T010203Z",
                        "Next: Restart Claude Desktop.");

        assertThat(run("claude-desktop")).isZero();
        assertThat(out.toString()).startsWith("Chatelaine is already set up in Claude Desktop: ");
    }

    @Test
    void printShowsTheSnippetAndThePlaceAndChangesNothing() {
        assertThat(run("vscode", "--print")).isZero();
        assertThat(out.toString())
                .contains("Library/Application Support/Code/User/mcp.json")
                .endsWith("""
                        {
                          "servers": {
                            "chatelaine": {
                              "type": "stdio",
                              "command": "/opt/chatelaine",
                              "args": ["stdio"]
                            }
                          }
                        }
                        """);
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void scriptsGetJson() throws Exception {
        Files.createDirectories(desktop().getParent());
        Files.writeString(desktop(), "{}");
        assertThat(run("claude-desktop", "--json")).isZero();
        JsonNode answer = JsonMapper.shared().readTree(out.toString());
        assertThat(answer.get("host").stringValue()).isEqualTo("claude-desktop");
        assertThat(answer.get("file").stringValue()).isEqualTo(desktop().toString());
        assertThat(answer.get("change").stringValue()).isEqualTo("changed");
        assertThat(Path.of(answer.get("backup").stringValue())).hasContent("{}");

        assertThat(run("claude-desktop", "--json", "--print")).isZero();
        assertThat(JsonMapper.shared()
                        .readTree(out.toString())
                        .at("/configuration/mcpServers/chatelaine/command")
                        .stringValue())
                .isEqualTo("/opt/chatelaine");
    }

    @Test
    void aFailureGoesToStandardErrorWithANextStep() throws Exception {
        Files.createDirectories(desktop().getParent());
        Files.writeString(desktop(), "{\"mcpServers\": []}");
        assertThat(run("claude-desktop")).isEqualTo(1);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString())
                .startsWith("chatelaine: " + desktop() + " has something else than an object as \"mcpServers\"")
                .contains("\nNext: ");
        assertThat(desktop()).hasContent("{\"mcpServers\": []}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "emacs", "cursor --nonsense", "cursor vscode"})
    void wrongUsageIsTwo(String arguments) {
        assertThat(run(arguments.isEmpty() ? new String[0] : arguments.split(" ", -1)))
                .isEqualTo(2);
        assertThat(err.toString()).contains("claude-desktop");
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void helpNamesTheHosts() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("claude-desktop, claude-code, cursor, vscode", "--print", "Examples:");
    }
}
