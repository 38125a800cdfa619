package dev.chatelaine.mcp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
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

    private final Map<String, String> environment = new HashMap<>();

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return new CommandLine(new SetupCommand(environment, "Mac OS X", home, "/opt/chatelaine", CLOCK))
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
    @CsvSource({
        "claude-code, .claude.json",
        "cursor,      .cursor/mcp.json",
        "vscode,      Library/Application Support/Code/User/mcp.json",
    })
    void aServedInstanceIsSetUpByItsAddressAndTwiceIsOnce(String host, String file) throws Exception {
        assertThat(run(host, "--http")).as(err.toString()).isZero();
        assertThat(home.resolve(file)).content().contains("\"url\": \"http://127.0.0.1:8470/mcp\"", "\"Bearer ${");
        assertThat(out.toString()).contains("Next: ").contains("token");
        byte[] once = Files.readAllBytes(home.resolve(file));

        assertThat(run(host, "--http")).isZero();

        assertThat(out.toString()).startsWith("Chatelaine is already set up");
        assertThat(home.resolve(file)).hasBinaryContent(once);
    }

    @Test
    void theAddressIsTheOneGivenOrThePublicOne() {
        environment.put("CHATELAINE_PUBLIC_URL", "https://vault.example.com");
        assertThat(run("cursor", "--http", "--print")).isZero();
        assertThat(out.toString()).contains("\"url\": \"https://vault.example.com/mcp\"");

        assertThat(run("cursor", "--http", "--print", "--url", "https://other.example.com/vault/mcp"))
                .isZero();
        assertThat(out.toString()).contains("\"url\": \"https://other.example.com/vault/mcp\"");
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void noTokenIsWrittenAlsoWhereOneIsAtHand() throws Exception {
        environment.put("CHATELAINE_TOKEN", "canary-token-5Rt2");
        for (String host : new String[] {"claude-code", "cursor", "vscode"}) {
            assertThat(run(host, "--http")).isZero();
            assertThat(out.toString()).doesNotContain("canary");
        }
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(file).content().doesNotContain("canary");
            }
        }
    }

    @Test
    void withOauthThereIsNoTokenAtAll() {
        assertThat(run("vscode", "--http", "--oauth", "--print")).isZero();
        assertThat(out.toString()).contains("\"url\"").doesNotContain("headers", "inputs", "Bearer");
    }

    @Test
    void claudeDesktopIsToldWhereItsConnectorsAre() {
        for (String print : new String[] {"--json", "--print"}) {
            assertThat(run("claude-desktop", "--http", print)).isEqualTo(1);
            assertThat(out.toString()).isEmpty();
            assertThat(err.toString())
                    .contains("Claude Desktop takes no address from its file; nothing was changed.")
                    .contains("custom connector", "http://127.0.0.1:8470/mcp", "docs/hosts.md");
        }
        assertThat(home).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://vault.example.com",
                "http://vault.example.com/mcp",
                "https://user:canary@vault.example.com/mcp",
                "https://vault.example.com/mcp?token=canary",
                "https://vault.example.com/mcp#canary",
                "vault.example.com",
                "https:///mcp",
                "https://can ary"
            })
    void anAddressThatWouldGiveATokenAwayOrIsNoneIsWrongUsage(String url) {
        assertThat(run("cursor", "--http", "--url", url)).isEqualTo(2);
        assertThat(err.toString()).contains("https://vault.example.com/mcp, or http on this machine");
        assertThat(home).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cursor --url https://vault.example.com", "cursor --oauth"})
    void theOptionsOfAServedInstanceAreForOneAlone(String arguments) {
        assertThat(run(arguments.split(" ", -1))).isEqualTo(2);
        assertThat(err.toString()).contains("go with --http");
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
        assertThat(out.toString())
                .contains(
                        "claude-desktop, claude-code, cursor, vscode",
                        "--print",
                        "--http",
                        "CHATELAINE_TOKEN",
                        "Examples:");
    }
}
