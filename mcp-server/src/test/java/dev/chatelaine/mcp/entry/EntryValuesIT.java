package dev.chatelaine.mcp.entry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.entry.EntryRequest;
import dev.chatelaine.vault.secret.Category;
import dev.chatelaine.vault.secret.SecretName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** What was entered is stored to the byte, by whichever way it came. */
class EntryValuesIT extends EntryCase {
    private static final String LINES =
            "\uFEFF-----BEGIN EXAMPLE-----\r\nnot\treal \nat \uD83D\uDDDD all\r-----END EXAMPLE-----\r\n";

    @TempDir
    private Path folder;

    @BeforeEach
    void someoneIsThere() {
        signIn();
    }

    @Test
    void pastedTextKeepsEveryKindOfBreakAndItsMark() {
        screen().open(pageFor("pasted")).paste(LINES);
        browser.awaitText("They are kept as they are.");
        stored("pasted", LINES);
    }

    @Test
    void droppedAndChosenFilesAreStoredAsTheyAre() throws IOException {
        screen().open(pageFor("dropped")).drop(LINES, "example.pem");
        browser.awaitText("Taken from example.pem.");
        stored("dropped", LINES);

        screen().open(pageFor("chosen")).choose(file("chosen.pem", LINES.getBytes(StandardCharsets.UTF_8)));
        browser.awaitText("Taken from chosen.pem.");
        stored("chosen", LINES);
    }

    @Test
    void aFileOfOneLineIsALine() throws IOException {
        screen().open(pageFor("line")).choose(file("line", "\uFEFF one line ".getBytes(StandardCharsets.UTF_8)));
        browser.awaitText("white space at an end is kept");
        stored("line", "\uFEFF one line ");
    }

    @Test
    void typedLinesAreStoredAsTheyWereTyped() {
        screen().open(pageFor("typed"));
        browser.tabTo("Several lines");
        browser.press(Keys.SPACE);
        browser.driver().findElement(By.id("value")).sendKeys(" one\n  two \nthree");
        stored("typed", " one\n  two \nthree");
    }

    @Test
    void anEditOfPastedTextChangesNothingElseOfIt() {
        screen().open(pageFor("edited")).paste(LINES);
        browser.awaitText("several lines");
        browser.press("more", Keys.BACK_SPACE);
        stored("edited", LINES + "mor");
    }

    @Test
    void whiteSpaceAroundAProvidersKeyIsLeftOut() {
        String key = "sk-example-not-a-real-key-00000000aaaa";
        screen().open(page(EntryRequest.create(new SecretName("provider_key_openai"), Category.LLM_PROVIDER, null)));
        screen().enter("  " + key + " ");

        assertThat(console.holds("provider_key_openai", key)).isTrue();
    }

    @Test
    void aFileThatIsNoTextAndOneThatIsTooLongAreRefusedInWords() throws IOException {
        screen().open(pageFor("db")).type("typed before").choose(file("x.bin", new byte[] {-1, -2, 0}));
        browser.awaitText("The file is not text in UTF-8");
        screen().choose(file("long.txt", "v".repeat(65_537).getBytes(StandardCharsets.US_ASCII)));
        browser.awaitText("A value has at most 65,536 bytes; this one has 65,537.");
        assertThat(screen().value()).isEqualTo("typed before");

        screen().choose(file("most.txt", "v".repeat(65_536).getBytes(StandardCharsets.US_ASCII)));
        browser.awaitText("Taken from most.txt.");
        stored("db", "v".repeat(65_536));
    }

    private Path file(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    private void stored(String name, String value) {
        screen().store();
        browser.awaitText(EntryScreen.STORED);
        assertThat(console.holds(name, value)).isTrue();
    }
}
