package dev.chatelaine.mcp.entry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.entry.EntryRequest;
import dev.chatelaine.vault.secret.Category;
import dev.chatelaine.vault.secret.SecretName;
import java.net.URI;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** The page in each of its states, in the light and in the dark, wide and as narrow as a screen at 400%. */
class EntryAccessibilityIT extends EntryCase {
    private static final int NARROW = 320;
    private static final String LONG_WORD =
            "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";

    @BeforeEach
    void someoneIsThere() {
        signIn();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void noStateBreaksARule(boolean dark) {
        browser.shape(WIDE, 900, dark);
        URI page = described("a-name-that-is-quite-long_and.has.dots-" + "x".repeat(80), LONG_WORD);
        screen().open(page);
        check("the form", dark);
        screen().store();
        browser.awaitText("Type, paste or drop the value first.");
        check("an empty field", dark);
        screen().type("   ", Keys.ENTER);
        browser.awaitText("There is only white space");
        check("a refused value", dark);
        screen().paste("one\ntwo");
        browser.awaitText("so the field now has several lines");
        check("many lines", dark);
        screen().drop("three\r\nfour\r\n", LONG_WORD + ".pem");
        browser.awaitText("Taken from");
        check("a file's text", dark);
        screen().store();
        browser.awaitText(EntryScreen.STORED);
        check("stored", dark);
        browser.open(page.toString());
        browser.awaitText(EntryScreen.OF_NO_USE);
        check("refused", dark);
        inConflict("shared", "example-mine");
        check("a conflict", dark);
        screen().open(page(EntryRequest.create(new SecretName("provider_key_openai"), Category.LLM_PROVIDER, null)));
        check("a provider's key", dark);
    }

    private void check(String state, boolean dark) {
        browser.checkAccessibility(state);
        browser.shape(NARROW, 640, dark);
        browser.checkWidth(state);
        browser.shape(WIDE, 900, dark);
    }

    @Test
    void theKeyboardGoesTheWayOfTheEyes() {
        screen().open(pageFor("db"));

        assertThat(browser.focused()).isEqualTo("Value");
        browser.press(Keys.TAB);
        assertThat(browser.focused()).isEqualTo("Several lines");
        browser.press(Keys.TAB);
        assertThat(browser.focused()).isEqualTo("Take from a file");
        browser.press(Keys.TAB);
        assertThat(browser.focused()).isEqualTo("Store");
    }

    @Test
    void whatHappensIsWhereTheFocusIs() {
        screen().open(pageFor("db")).type(Keys.ENTER);
        assertThat(browser.focused()).isEqualTo("Value");

        screen().type("example-value-0001", Keys.ENTER);
        browser.awaitText(EntryScreen.STORED);
        assertThat(focusedText()).isEqualTo(EntryScreen.STORED);
        assertThat(browser.driver().getTitle()).startsWith("Stored");
    }

    @Test
    void twoPressesOfEnterDoNotDecideAConflict() {
        inConflict("db", "example-mine-0003");

        assertThat(focusedText()).startsWith("Somebody changed it");
        browser.press(Keys.ENTER);
        assertThat(console.secret("db").version()).isEqualTo(2);
    }

    private String focusedText() {
        return String.valueOf(browser.script("return document.activeElement.textContent"));
    }
}
