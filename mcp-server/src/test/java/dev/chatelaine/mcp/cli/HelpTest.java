package dev.chatelaine.mcp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HelpTest {
    private static final List<String> COMMANDS = List.of(
            "",
            "stdio",
            "setup",
            "byok",
            "run",
            "bundle",
            "bundle import",
            "bundle list",
            "bundle delete",
            "session",
            "session run",
            "session list",
            "session stop",
            "doctor",
            "serve",
            "token",
            "config",
            "secret",
            "secret set",
            "secret list",
            "secret get",
            "secret delete",
            "secret restore",
            "secret history",
            "secret rollback",
            "secret verify",
            "llm",
            "llm create",
            "llm list",
            "llm get",
            "llm update",
            "llm delete",
            "llm set-default",
            "llm set-key",
            "llm remove-key",
            "llm verify",
            "tenant",
            "tenant create",
            "tenant list",
            "tenant plan",
            "pool",
            "pool set",
            "pool list",
            "pool remove",
            "rotate",
            "rotate root",
            "rotate tenant",
            "audit",
            "audit verify",
            "migrate");

    @TempDir
    private Path folder;

    private int run(Shell shell, String line, String... more) {
        List<String> arguments = new ArrayList<>(line.isEmpty() ? List.of() : List.of(line.split(" ", -1)));
        arguments.addAll(List.of(more));
        return shell.run(arguments.toArray(String[]::new));
    }

    @Test
    void everyCommandHasHelpWithAnExampleAndTheGlobalOptions() {
        Shell shell = new Shell(folder);
        for (String command : COMMANDS) {
            assertThat(run(shell, command, "--help")).as(command).isZero();
            assertThat(shell.out())
                    .as(command)
                    .contains("Usage: chatelaine", "Example", "  chatelaine ", "--home", "--tenant");
            assertThat(shell.out().lines()).as(command).allMatch(line -> line.length() <= 100);
            assertThat(shell.err()).as(command).isEmpty();
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void theProgramAloneAndItsGroupsPrintHelp() {
        Shell shell = new Shell(folder);
        assertThat(shell.run()).isZero();
        assertThat(shell.out()).contains("secret", "doctor", "Exit codes");
        assertThat(shell.run("secret")).isEqualTo(2);
        assertThat(shell.err()).contains("Next: chatelaine secret --help");
    }

    @Test
    void itSaysItsVersion() {
        Shell shell = new Shell(folder);
        assertThat(shell.run("--version")).isZero();
        assertThat(shell.out()).startsWith("chatelaine ").contains("Java " + System.getProperty("java.version"));
    }

    @Test
    void aSlipOfTheFingersGetsASuggestionAndIsNotRepeated() {
        Shell shell = new Shell(folder);
        assertThat(shell.run("secrt", "list")).isEqualTo(2);
        assertThat(shell.err()).contains("no such command", "chatelaine secret").doesNotContain("secrt");
        assertThat(shell.run("secret", "lst")).isEqualTo(2);
        assertThat(shell.err()).contains("chatelaine secret list");
        assertThat(shell.run("sk-ant-api03-abcdef")).isEqualTo(2);
        assertThat(shell.err()).doesNotContain("sk-ant");
        assertThat(shell.run("secret", "list", "--nonsense=sk-ant-api03-abcdef"))
                .isEqualTo(2);
        assertThat(shell.err()).contains("no option --nonsense").doesNotContain("sk-ant");
        assertThat(shell.run("secret", "get")).isEqualTo(2);
        assertThat(shell.err()).contains("NAME", "Next: chatelaine secret get --help");
        assertThat(shell.run("secret", "list", "--limit", "sk-ant-api03-abcdef"))
                .isEqualTo(2);
        assertThat(shell.err()).contains("whole number").doesNotContain("sk-ant");
    }

    @Test
    void coloursAreForTerminalsThatWantThem() {
        Shell shell = new Shell(folder);
        assertThat(shell.run("doctor")).isZero();
        assertThat(shell.out()).doesNotContain("\u001b");
        shell.terminal(new FakeTerminal());
        assertThat(shell.run("doctor")).isZero();
        assertThat(shell.out()).contains("\u001b[");
        shell.environment.put("NO_COLOR", "1");
        assertThat(shell.run("doctor")).isZero();
        assertThat(shell.out()).doesNotContain("\u001b");
    }

    @Test
    void stdioWithOptionsStartsTheServer() {
        assertThat(new Shell(folder).run("stdio", "--home", folder.toString())).isEqualTo(42);
    }
}
