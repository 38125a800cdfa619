package dev.chatelaine.mcp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrateCommandIT {
    private static final String VALUE = "correct-horse-battery-9fQ2";

    @TempDir
    private Path folder;

    private Shell shell;
    private String url;

    @BeforeEach
    void vaultAndDatabase() {
        shell = new Shell(folder).input(VALUE);
        assertThat(shell.run("secret", "set", "stripe")).isZero();
        url = PostgresServer.shared().create("cli_" + Long.toString(System.nanoTime(), Character.MAX_RADIX));
    }

    @Test
    void theVaultIsThereWithTheSameRootKeyAndTheFileIsStillOne() {
        shell.environment.put("CHATELAINE_MIGRATE_TO", url);
        assertThat(shell.run("migrate")).as(shell.err()).isZero();
        assertThat(shell.out())
                .containsPattern("Moved the vault vlt_\\w+ to postgresql://localhost:\\d+/cli_")
                .contains("1 sealed values", "Next: Set CHATELAINE_DATABASE_URL")
                .doesNotContain(VALUE);
        assertThat(shell.err()).contains(" steps").doesNotContain(VALUE);

        shell.environment.put("CHATELAINE_DATABASE_URL", url);
        assertThat(shell.run("secret", "get", "stripe")).isZero();
        assertThat(shell.run("run", "--secret", "KEY=stripe", "--", "test", "-n", "x"))
                .isZero();
        assertThat(shell.run("audit", "verify")).isZero();
        shell.environment.remove("CHATELAINE_DATABASE_URL");
        assertThat(shell.run("secret", "get", "stripe")).isZero();
        assertThat(shell.run("migrate")).isEqualTo(1);
        assertThat(shell.err()).contains("holds this vault already", "CHATELAINE_DATABASE_URL");
    }

    @Test
    void scriptsGiveTheUrlOnStandardInputAndReadJson() {
        shell.input(url + "\n");
        assertThat(shell.run("migrate", "--to", "-", "--json")).as(shell.err()).isZero();
        assertThat(shell.json().get("moved").booleanValue()).isTrue();
        assertThat(shell.json().get("outcome").stringValue()).isEqualTo("moved");
        assertThat(shell.json().get("faults")).isEmpty();
        assertThat(shell.json().at("/tables/0/sha256").stringValue()).hasSize(64);
        assertThat(shell.out()).doesNotContain(PostgresServer.PASSWORD);
    }

    @Test
    void aPasswordAmongTheArgumentsIsWarnedOf() {
        assertThat(shell.run("migrate", "--to", url)).as(shell.err()).isZero();
        assertThat(shell.err())
                .startsWith("chatelaine: the password stands among the arguments")
                .doesNotContain("passw%C3%B6rt", PostgresServer.PASSWORD);
    }

    @Test
    void thePersonAtTheTerminalIsAskedForAPasswordThatIsNotThere() {
        FakeTerminal terminal = new FakeTerminal("not looked at");
        shell.terminal(terminal);
        String without = url.replaceFirst(":[^/@]*@", "@");
        assertThat(shell.run("migrate", "--to", without)).as(shell.err()).isZero();
        assertThat(terminal.questions)
                .singleElement()
                .asString()
                .startsWith("Password for postgresql://localhost:")
                .endsWith("(hidden; none with Enter): ");
        assertThat(shell.err()).contains("\r[##############################]").doesNotContain("arguments");
    }

    @Test
    void aVaultWithFaultsIsListedAndMovedWhenAsked() throws Exception {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:sqlite:" + folder.resolve("home").resolve("chatelaine.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE audit_events SET subject = 'nobody' WHERE sequence = 2");
        }
        shell.environment.put("CHATELAINE_MIGRATE_TO", url);
        assertThat(shell.run("migrate", "--json")).isEqualTo(1);
        assertThat(shell.json().get("outcome").stringValue()).isEqualTo("faulty");
        assertThat(shell.json().at("/faults/0").stringValue()).isEqualTo("the audit of local");
        assertThat(shell.run("migrate", "--with-faults")).isZero();
        assertThat(shell.out()).contains("  the audit of local");
    }

    @Test
    void whereToIsAskedForAndNotGuessed() {
        assertThat(shell.run("migrate")).isEqualTo(2);
        assertThat(shell.err()).contains("Where to?", "CHATELAINE_MIGRATE_TO");
        assertThat(shell.run("migrate", "--to", "mysql://u:secret@h/d")).isEqualTo(1);
        assertThat(shell.err()).contains("is not understood").doesNotContain("secret@");
        assertThat(shell.run("migrate", "--to", "postgresql://nobody@127.0.0.1:1/none"))
                .isEqualTo(1);
        assertThat(shell.err()).contains("cannot be reached").doesNotContain("CHATELAINE_DATABASE_URL");
        shell.environment.put("CHATELAINE_READ_ONLY", "true");
        assertThat(shell.run("migrate", "--to", url)).isEqualTo(1);
        assertThat(shell.err()).contains("Nothing may be changed here");
    }
}
