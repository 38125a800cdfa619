package dev.chatelaine.mcp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class BundleCommandsTest {
    private static final String VALUE = "correct-horse-battery-9fQ2";

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(folder);
    }

    private String file(String content) throws IOException {
        return Files.writeString(folder.resolve(".env"), content).toString();
    }

    private int importAs(String name, String content) throws IOException {
        return shell.run("bundle", "import", name, "--from", file(content));
    }

    @Test
    void aFileBecomesABundleAndNoValueIsShown() throws Exception {
        assertThat(importAs("github-bot", "# bot\nexport TOKEN=" + VALUE + "\nAPI_URL='https://x'\n"))
                .as(shell.err())
                .isZero();
        assertThat(shell.out()).isEqualTo("Made the bundle github-bot: API_URL, TOKEN.\n");
        assertThat(shell.run("bundle", "list")).isZero();
        assertThat(shell.out()).contains("github-bot", "API_URL, TOKEN").doesNotContain(VALUE);
        assertThat(shell.run("bundle", "list", "--json")).isZero();
        JsonNode bundle = shell.json().path("bundles").path(0);
        assertThat(bundle.path("name").stringValue()).isEqualTo("github-bot");
        assertThat(bundle.path("key_names")).hasSize(2);
        assertThat(bundle.path("last_rotated_at").isNull()).isTrue();
        assertThat(shell.out()).doesNotContain(VALUE);
    }

    @Test
    void anotherFileReplacesItsValuesWhenThatIsSaid() throws Exception {
        assertThat(importAs("bot", "A=1\nB=2")).isZero();
        assertThat(importAs("bot", "A=3")).isEqualTo(1);
        assertThat(shell.err())
                .contains("There is a bundle bot already", "Next: chatelaine bundle import bot --replace");
        assertThat(shell.run("bundle", "import", "bot", "--replace", "--from", file("C=3")))
                .isZero();
        assertThat(shell.out()).isEqualTo("Replaced the values of bot: C.\n");
        assertThat(shell.run("bundle", "import", "other", "--replace", "--from", file("C=3")))
                .isEqualTo(1);
        assertThat(shell.err()).contains("There is no bundle other");
    }

    @Test
    void standardInputIsAFileToo() {
        assertThat(shell.input("A=" + VALUE).run("bundle", "import", "bot", "--from", "-"))
                .isZero();
        assertThat(shell.out()).doesNotContain(VALUE);
        shell.terminal(new FakeTerminal());
        assertThat(shell.run("bundle", "import", "bot", "--from", "-")).isEqualTo(1);
        assertThat(shell.err()).contains("seen as you type");
    }

    @Test
    void whatIsWrongInAFileIsNamedByItsLineAndNeverShown() throws Exception {
        assertThat(importAs("bot", "A=1\n" + VALUE + "\n")).isEqualTo(1);
        assertThat(shell.err()).contains("Line 2 has no =").doesNotContain(VALUE);
        assertThat(importAs("bot", "A=1\n\nA=" + VALUE + "\n")).isEqualTo(1);
        assertThat(shell.err())
                .contains("Line 3: A is set twice, first in line 1")
                .doesNotContain(VALUE);
        assertThat(importAs("bot", "lower=" + VALUE + "\n")).isEqualTo(1);
        assertThat(shell.err()).contains("Line 1: ", "capital letters").doesNotContain(VALUE, "lower");
        assertThat(importAs("bot", "A=1\nLD_PRELOAD=" + VALUE + "\n")).isEqualTo(1);
        assertThat(shell.err()).contains("Line 2: LD_PRELOAD is reserved").doesNotContain(VALUE);
        assertThat(importAs("bot", "A='" + VALUE + "\n")).isEqualTo(1);
        assertThat(shell.err()).contains("Line 1: the quote that A opens").doesNotContain(VALUE);
        assertThat(importAs("bot", "# nothing\n")).isEqualTo(1);
        assertThat(shell.err()).contains("at least one value");
        assertThat(shell.run(
                        "bundle",
                        "import",
                        "bot",
                        "--from",
                        folder.resolve("gone").toString()))
                .isEqualTo(1);
        assertThat(shell.err()).contains("cannot be read (NoSuchFileException)");
        assertThat(shell.run("bundle", "import", "bot")).isEqualTo(2);
        assertThat(shell.run("bundle", "list")).isZero();
        assertThat(shell.out()).contains("No bundles");
    }

    @Test
    void moreKeysThanABundleHoldsAreRefused() throws Exception {
        StringBuilder file = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            file.append("KEY_").append(i).append("=x\n");
        }
        assertThat(importAs("bot", file.toString())).isZero();
        assertThat(importAs("bot-2", file + "ONE_MORE=x")).isEqualTo(1);
        assertThat(shell.err()).contains("at most 50");
    }

    @Test
    void aBundleIsDeletedByItsName() throws Exception {
        assertThat(importAs("bot", "A=1")).isZero();
        assertThat(shell.run("bundle", "delete", "bot", "--json")).isZero();
        assertThat(shell.json().path("status").stringValue()).isEqualTo("deleted");
        assertThat(shell.run("bundle", "delete", "bot")).isEqualTo(1);
        assertThat(shell.err()).contains("There is no bundle bot");
    }

    @Test
    void whereNothingMayBeChangedNothingIs() throws Exception {
        shell.environment.put("CHATELAINE_READ_ONLY", "true");
        assertThat(importAs("bot", "A=1")).isEqualTo(1);
        assertThat(shell.run("bundle", "delete", "bot")).isEqualTo(1);
        assertThat(shell.err()).contains("CHATELAINE_READ_ONLY");
    }
}
