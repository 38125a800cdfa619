package dev.chatelaine.mcp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretCommandsTest {
    private static final String VALUE = "correct-horse-battery-9fQ2";

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(folder);
    }

    private void stored(String name, String value) {
        assertThat(shell.input(value).run("secret", "set", name))
                .as(shell.err())
                .isZero();
    }

    @Test
    void setMakesASecretAndThenReplacesItsValue() {
        assertThat(shell.input(VALUE + "\n")
                        .run("secret", "set", "stripe", "--description", "Payments", "--category", "api"))
                .as(shell.err())
                .isZero();
        assertThat(shell.out()).isEqualTo("Stored stripe (version 1, ends in …9fQ2).\n");

        assertThat(shell.input("another-long-value-Zx41").run("secret", "set", "stripe"))
                .isZero();
        assertThat(shell.out()).isEqualTo("Replaced the value of stripe (version 2, ends in …Zx41).\n");
        assertThat(shell.run("secret", "set", "stripe")).isZero();
        assertThat(shell.out()).startsWith("This is the present value already: stripe (version 2");

        assertThat(shell.run("secret", "get", "stripe", "--json")).isZero();
        assertThat(shell.json().at("/secret/description").stringValue()).isEqualTo("Payments");
        assertThat(shell.json().at("/secret/category").stringValue()).isEqualTo("api");
    }

    @Test
    void setAnswersAScriptAsTheToolDoes() {
        assertThat(shell.input(VALUE).run("secret", "set", "stripe", "--json")).isZero();
        assertThat(shell.json().get("action").stringValue()).isEqualTo("create");
        assertThat(shell.json().at("/secret/hint").stringValue()).isEqualTo("9fQ2");
        assertThat(shell.input("another-long-value-Zx41").run("secret", "set", "stripe", "--json"))
                .isZero();
        assertThat(shell.json().get("action").stringValue()).isEqualTo("update");
    }

    @Test
    void oneLineBreakIsDroppedUnlessItIsAskedFor() {
        stored("plain", VALUE);
        assertThat(shell.input(VALUE + "\r\n").run("secret", "set", "plain")).isZero();
        assertThat(shell.out()).startsWith("This is the present value");
        assertThat(shell.input(VALUE + "\n").run("secret", "set", "plain", "--raw"))
                .isZero();
        assertThat(shell.out()).startsWith("Replaced the value");
        assertThat(shell.input(VALUE + "\n\n").run("secret", "set", "plain")).isZero();
        assertThat(shell.out()).startsWith("This is the present value");
    }

    @Test
    void theLongestValueIsStoredAndOneByteMoreIsNot() {
        stored("long", "x".repeat(65_536) + "\n");
        assertThat(shell.input("x".repeat(65_537)).run("secret", "set", "longer"))
                .isEqualTo(1);
        assertThat(shell.err()).contains("65536");
        assertThat(shell.input("x".repeat(65_536) + "\n").run("secret", "set", "longer", "--raw"))
                .isEqualTo(1);
        assertThat(shell.run("secret", "get", "longer")).isEqualTo(1);
    }

    @Test
    void anEmptyOrBinaryValueIsRefused() {
        assertThat(shell.input("").run("secret", "set", "empty")).isEqualTo(1);
        assertThat(shell.err()).contains("empty");
        assertThat(shell.input(new byte[] {(byte) 0xff, 1}).run("secret", "set", "binary", "--json"))
                .isEqualTo(1);
        assertThat(shell.json().at("/error/code").stringValue()).isEqualTo("invalid_value");
    }

    @Test
    void aLongValueIsAskedForOnceAndAShortOneTwice() {
        FakeTerminal pasting = new FakeTerminal(VALUE);
        assertThat(shell.terminal(pasting).run("secret", "set", "long"))
                .as(shell.err())
                .isZero();
        assertThat(pasting.questions).containsExactly("Value of long (hidden): ");

        FakeTerminal typing = new FakeTerminal("hunter2", "hunter2");
        assertThat(shell.terminal(typing).run("secret", "set", "short")).isZero();
        assertThat(typing.questions).hasSize(2);

        assertThat(shell.terminal(new FakeTerminal("hunter2", "hunter3")).run("secret", "set", "typo"))
                .isEqualTo(1);
        assertThat(shell.err())
                .contains("not the same", "Next: chatelaine secret set typo")
                .doesNotContain("hunter");
        assertThat(shell.run("secret", "get", "typo")).isEqualTo(1);
    }

    @Test
    void aPasteOfSeveralLinesIsNotStoredInPart() {
        assertThat(shell.terminal(new FakeTerminal("-----BEGIN KEY-----\nabc\n"))
                        .run("secret", "set", "pem"))
                .isEqualTo(1);
        assertThat(shell.err()).contains("one line", "Next: chatelaine secret set pem < FILE");
        assertThat(shell.run("secret", "get", "pem")).isEqualTo(1);
    }

    @Test
    void nothingTypedIsNothingStored() {
        assertThat(shell.terminal(new FakeTerminal()).run("secret", "set", "none", "--json"))
                .isEqualTo(1);
        assertThat(shell.json().at("/error/code").stringValue()).isEqualTo("value_required");
    }

    @Test
    void aValueIsNotReadWhereItWouldBeSeen() {
        assertThat(shell.typedInSight().input(VALUE).run("secret", "set", "seen"))
                .isEqualTo(1);
        assertThat(shell.err()).contains("it would be seen");
    }

    @Test
    void aValueAmongTheArgumentsIsRefusedUnrepeated() {
        for (String[] arguments : new String[][] {
            {"secret", "set", "stripe", VALUE},
            {"secret", "set", "stripe", "--value", VALUE},
            {"secret", "set", "stripe", "--value=" + VALUE},
            {"secret", "set", VALUE, "stripe"},
            {"llm", "set-key", "main", VALUE},
        }) {
            assertThat(shell.run(arguments)).as(String.join(" ", arguments)).isEqualTo(2);
            assertThat(shell.err())
                    .contains("never given as an argument", "replace it", "Next: ")
                    .doesNotContain(VALUE);
            assertThat(shell.out()).isEmpty();
        }
        assertThat(folder.resolve("home")).doesNotExist();
    }

    @Test
    void listShowsEverythingButValues() {
        assertThat(shell.run("secret", "list")).isZero();
        assertThat(shell.out()).startsWith("No secrets.");
        for (int i = 0; i < 3; i++) {
            stored("key" + i, VALUE + i);
        }
        assertThat(shell.run("secret", "list")).isZero();
        assertThat(shell.out().lines()).hasSize(4).allMatch(line -> !line.contains("correct"));
        assertThat(shell.out()).startsWith("NAME").contains("key2", "…fQ20");

        assertThat(shell.run("secret", "list", "--limit", "2", "--json")).isZero();
        assertThat(shell.json().get("secrets")).hasSize(2);
        String cursor = shell.json().get("next_cursor").stringValue();
        assertThat(shell.run("secret", "list", "--limit", "2", "--cursor", cursor, "--json"))
                .isZero();
        assertThat(shell.json().get("secrets")).hasSize(1);
        assertThat(shell.run("secret", "list", "--query", "KEY1", "--json")).isZero();
        assertThat(shell.json().get("secrets")).hasSize(1);
    }

    @Test
    void aDeletedSecretComesBackAndAnOldVersionToo() {
        stored("stripe", VALUE);
        stored("stripe", "another-long-value-Zx41");
        assertThat(shell.run("secret", "history", "stripe")).isZero();
        assertThat(shell.out().lines()).hasSize(3);
        assertThat(shell.run("secret", "rollback", "stripe", "1"))
                .as(shell.err())
                .isZero();
        assertThat(shell.out()).isEqualTo("Version 1 is the value again: stripe (version 3, ends in …9fQ2).\n");

        assertThat(shell.run("secret", "delete", "stripe")).isZero();
        assertThat(shell.out()).contains("chatelaine secret restore stripe");
        assertThat(shell.run("secret", "get", "stripe")).isEqualTo(1);
        assertThat(shell.run("secret", "list", "--deleted")).isZero();
        assertThat(shell.out()).contains("deleted 20");
        assertThat(shell.run("secret", "restore", "stripe")).isZero();
        assertThat(shell.out()).isEqualTo("Restored stripe (version 3, ends in …9fQ2).\n");
    }

    @Test
    void refusalsAreTheDomainsWithExitCodeOne() {
        assertThat(shell.run("secret", "get", "nothing", "--json")).isEqualTo(1);
        assertThat(shell.json().at("/error/code").stringValue()).isEqualTo("secret_not_found");
        assertThat(shell.err()).startsWith("chatelaine: ").doesNotContain("\tat ");
        assertThat(shell.input(VALUE).run("secret", "set", "../up")).isEqualTo(1);
        assertThat(shell.run("secret", "rollback", "nothing", "one")).isEqualTo(2);
        assertThat(shell.err()).contains("whole number").doesNotContain("'one'");
        assertThat(shell.run("secret", "verify", "nothing")).isEqualTo(1);
    }

    @Test
    void whereNothingMayBeChangedNothingIs() {
        stored("stripe", VALUE);
        shell.environment.put("CHATELAINE_READ_ONLY", "true");
        for (String[] arguments : new String[][] {
            {"secret", "set", "stripe"},
            {"secret", "delete", "stripe"},
            {"rotate", "root"},
            {"tenant", "create", "acme"}
        }) {
            assertThat(shell.input("a-different-value-0000").run(arguments)).isEqualTo(1);
            assertThat(shell.err()).containsIgnoringCase("read").containsPattern("read.only|READ_ONLY");
        }
        assertThat(shell.run("secret", "get", "stripe")).isZero();
    }

    @Test
    void aTenantThatOnlyAnOptionNamesIsNotMade() {
        assertThat(shell.run("--tenant", "typo", "secret", "list")).isEqualTo(1);
        assertThat(shell.err()).contains("no tenant typo", "chatelaine tenant create typo");
        assertThat(shell.run("tenant", "create", "acme", "--plan", "core")).isZero();
        assertThat(shell.input(VALUE).run("secret", "set", "theirs", "--tenant", "acme"))
                .as(shell.err())
                .isZero();
        assertThat(shell.run("secret", "list")).isZero();
        assertThat(shell.out()).startsWith("No secrets.");
    }

    @Test
    void theHomeIsAnOptionToo() {
        Path other = folder.resolve("other");
        assertThat(shell.input(VALUE).run("secret", "set", "there", "--home", other.toString()))
                .as(shell.err())
                .isZero();
        assertThat(Files.exists(other.resolve("chatelaine.db"))).isTrue();
        assertThat(folder.resolve("home")).doesNotExist();
    }
}
