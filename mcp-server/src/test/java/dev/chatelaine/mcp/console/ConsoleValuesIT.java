package dev.chatelaine.mcp.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.access.Role;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** A value is kept to the byte, and nowhere but in the vault. */
class ConsoleValuesIT extends ConsoleCase {
    private static final String TYPED = "canary-typed-7c1f02aa-not-real";
    private static final String LINES = "-----BEGIN EXAMPLE-----\r\nnot\treal\nat all\r-----END EXAMPLE-----\r\n";

    private final PrintStream usual = System.err;
    private final ByteArrayOutputStream logged = new ByteArrayOutputStream();

    @BeforeEach
    void listen() {
        System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stopListening() {
        System.setErr(usual);
    }

    @Test
    void whatWasTypedIsNowhereAfterwards() {
        open("secrets", Role.OWNER);
        Traffic traffic = new Traffic(browser);
        browser.click("Add secret");
        browser.awaitDialogs(1);
        browser.tabTo("Name");
        browser.press("typed", Keys.TAB, TYPED, Keys.ENTER);
        browser.awaitText("typed is stored.");
        browser.click("Replace typed");
        browser.awaitDialogs(1);
        browser.press(TYPED + "-abandoned", Keys.ESCAPE);
        browser.awaitDialogs(0);

        assertThat(console.holds("typed", TYPED)).isTrue();
        assertThat(kept()).doesNotContain(TYPED);
        assertThat(browser.console()).noneMatch(line -> line.contains(TYPED));
        assertThat(traffic.addressesAndAnswers()).isNotEmpty().noneMatch(text -> text.contains(TYPED));
        assertThat(logged.toString(StandardCharsets.UTF_8))
                .contains("/api/secrets")
                .doesNotContain(TYPED);
    }

    @Test
    void pastedLinesAreStoredAsTheyWereWithEveryKindOfBreak() {
        open("secrets", Role.OWNER);
        addingTo("pasted");
        paste(LINES);
        browser.awaitText("The text has line breaks, so the field now has several lines.");
        assertThat(browser.focused()).isEqualTo("Value");
        browser.press("end", Keys.BACK_SPACE, "d");
        submit("pasted is stored.");

        assertThat(console.holds("pasted", LINES + "end")).isTrue();
    }

    @Test
    void aDroppedFileIsStoredAsItIs() {
        open("secrets", Role.OWNER);
        addingTo("dropped");
        browser.script(
                "const data = new DataTransfer(); data.items.add(new File([arguments[0]], 'example.pem'));"
                        + "document.activeElement.dispatchEvent(new DragEvent('drop',"
                        + " {dataTransfer: data, bubbles: true, cancelable: true}))",
                "\uFEFF" + LINES);
        browser.awaitText("5 lines");
        submit("dropped is stored.");

        assertThat(console.holds("dropped", "\uFEFF" + LINES)).isTrue();
    }

    @Test
    void aFileThatIsNoTextIsRefusedInWords() {
        open("secrets", Role.OWNER);
        addingTo("binary");
        browser.script(
                "const data = new DataTransfer(); data.items.add(new File([new Uint8Array([255, 254, 0])], 'x'));"
                        + "document.activeElement.dispatchEvent(new DragEvent('drop',"
                        + " {dataTransfer: data, bubbles: true, cancelable: true}))");
        browser.awaitText("The file is not text in UTF-8");
        assertThat(browser.driver().switchTo().activeElement().getAttribute("value"))
                .isEmpty();
    }

    @Test
    void theFieldIsNeverFilledInAndNeverShown() {
        console.store("there", TYPED, "");
        open("secrets", Role.OWNER);
        browser.click("Replace there");
        browser.awaitDialogs(1);
        var field = browser.driver().findElement(By.cssSelector("dialog input[type=password]"));
        assertThat(field.getAttribute("value")).isEmpty();
        assertThat(field.getAttribute("autocomplete")).isEqualTo("new-password");

        browser.tabTo("Several lines");
        browser.press(Keys.SPACE);
        var lines = browser.driver().findElement(By.cssSelector("dialog textarea"));
        assertThat(lines.getCssValue("-webkit-text-security")).isEqualTo("disc");
    }

    private void addingTo(String name) {
        browser.click("Add secret");
        browser.awaitDialogs(1);
        browser.tabTo("Name");
        browser.press(name, Keys.TAB);
    }

    private void submit(String told) {
        browser.activate("Add secret");
        browser.awaitText(told);
    }
}
