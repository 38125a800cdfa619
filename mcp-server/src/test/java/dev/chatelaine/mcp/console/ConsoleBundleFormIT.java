package dev.chatelaine.mcp.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.access.Role;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** The rows of a bundle's values: what is pasted or dropped arrives to the byte, and what is wrong is said where it is. */
class ConsoleBundleFormIT extends ConsoleCase {
    private static final String VALUE = "canary-bundle-51d0e7b3-not-real";

    private LivedIn here;

    @BeforeEach
    void furnish() {
        here = new LivedIn(console);
    }

    @Test
    void aWholeEnvTextIsTakenApartAndIsNowhereAfterwards() {
        open("bundles", Role.OWNER);
        Traffic traffic = new Traffic(browser);
        adding("billing");
        browser.tabTo("Variable");
        paste("# ours\nexport A_KEY=" + VALUE + " # old\r\nB_KEY='two\nlines'\nC_KEY=\"a \\\"b\\\"\\n\"\n");
        browser.awaitText("3 values were taken from the text.");
        browser.activate("Add bundle");
        browser.awaitText("billing is stored.");

        assertThat(here.holds("billing", Map.of("A_KEY", VALUE, "B_KEY", "two\nlines", "C_KEY", "a \"b\"\n")))
                .isTrue();
        assertThat(kept()).doesNotContain(VALUE);
        assertThat(traffic.addressesAndAnswers()).isNotEmpty().noneMatch(text -> text.contains(VALUE));
        assertThat(browser.console()).noneMatch(line -> line.contains(VALUE));
    }

    @Test
    void aDroppedEnvFileReplacesWhatItNamesAndTakesOutTheRest() {
        here.bundle("billing", Map.of("OLD_KEY", "one", "A_KEY", "two"));
        open("bundles", Role.OWNER);
        browser.click("Replace billing");
        browser.awaitDialogs(1);
        browser.script(
                "const data = new DataTransfer(); data.items.add(new File([arguments[0]], '.env'));"
                        + "document.querySelector('dialog legend').dispatchEvent(new DragEvent('drop',"
                        + " {dataTransfer: data, bubbles: true, cancelable: true}))",
                "A_KEY=" + VALUE + "\nB_KEY=\n");
        browser.awaitText("2 values were taken from .env. 1 name has no value there");
        browser.awaitText("Not in it, and so taken out: OLD_KEY.");
        browser.activate("Replace all values");
        browser.awaitText("Type, paste or drop the value first.");
        assertThat(browser.focused()).isEqualTo("Value");
        browser.activate("Remove value 2");
        browser.activate("Replace all values");
        browser.awaitDialogs(2);
        browser.activate("Replace all values");
        browser.awaitText("billing has its new values.");
        assertThat(here.holds("billing", Map.of("A_KEY", VALUE))).isTrue();
    }

    @Test
    void aTextThatIsNotUnderstoodIsSaidByItsLineAndNeverShown() {
        open("bundles", Role.OWNER);
        adding("billing");
        browser.tabTo("Variable");
        paste("A_KEY=one\n" + VALUE + "\n");
        browser.awaitText("Nothing was taken from the text. Line 2 has no =.");
        assertThat(kept()).doesNotContain(VALUE);
        assertThat(browser.driver().findElements(By.cssSelector("dialog .row"))).hasSize(1);
    }

    @Test
    void whatIsWrongIsSaidWhereItIs() {
        here.bundle("taken", Map.of("A_KEY", "one"));
        open("bundles", Role.OWNER);
        adding("taken");
        browser.tabTo("Variable");
        paste("PATH=one\nlower=two\nA_KEY=three");
        browser.awaitText("3 values were taken from the text.");
        browser.activate("Add bundle");
        browser.awaitText("Capital letters, digits and _, beginning with a letter.");
        assertThat(errors()).hasSize(1);
        retype("A_KEY");
        browser.awaitText("There is a row of this name already.");
        retype("B_KEY");

        browser.awaitText("PATH is reserved");
        assertThat(invalid()).isEqualTo("PATH");
        browser.checkAccessibility("a row with a mistake");
        retype("C_KEY");
        browser.awaitText("There is a bundle taken already.");
        assertThat(invalid()).isEqualTo("taken");
    }

    @Test
    void theFiftyFirstValueIsRefusedAtTheField() {
        open("bundles", Role.OWNER);
        adding("many");
        browser.tabTo("Variable");
        paste(IntStream.rangeClosed(1, 51).mapToObj(i -> "KEY_" + i + "=v").collect(Collectors.joining("\n")));
        browser.awaitText("51 values were taken from the text.");
        browser.activate("Add bundle");
        browser.awaitText("A bundle has at most 50 values.");
        assertThat(errors()).containsExactly("A bundle has at most 50 values. Make two bundles of it.");
        browser.activate("Remove value 1");
        browser.press(Keys.ENTER);
        browser.awaitText("many is stored.");
        assertThat(here.keys("many")).hasSize(50);
    }

    private void adding(String name) {
        browser.click("Add bundle");
        browser.awaitDialogs(1);
        browser.press(name);
    }

    private void retype(String text) {
        browser.script("document.activeElement.select()");
        browser.press(text, Keys.ENTER);
    }

    /** What the field holds that is marked as wrong and has focus. */
    private String invalid() {
        return String.valueOf(browser.script("const field = document.activeElement;"
                + "return field.getAttribute('aria-invalid') === 'true' ? field.value : 'not marked'"));
    }
}
