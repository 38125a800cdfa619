package dev.chatelaine.mcp.entry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.mcp.console.ServedConsole;
import dev.chatelaine.vault.access.Role;
import dev.chatelaine.vault.entry.EntryRequest;
import dev.chatelaine.vault.secret.Description;
import dev.chatelaine.vault.secret.SecretName;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WindowType;

/** What goes wrong is said, and costs nobody what they typed. */
class EntryBadDayIT extends EntryCase {
    private static final String HOSTILE =
            "<script>document.title='taken'</script> \"quotes\" '&amp;' {{title}} \u202Eright to left\u202C \u05E9\u05DC ";
    private static final String KEYS = "\uD83D\uDDDD\uFE0F";

    @Test
    void hostileNamesAreShownAsTheyAre() {
        String subject = HOSTILE + KEYS.repeat(40);
        String description = HOSTILE + KEYS.repeat(180);
        console.signIn(browser, subject, Role.MEMBER);
        screen().open(page(
                subject,
                HOSTILE + "host",
                EntryRequest.create(new SecretName("db"), null, Description.of(description))));

        assertThat(shown()).contains(subject, description, HOSTILE + "host");
        assertThat(browser.driver().getTitle()).isEqualTo("Enter db · Chatelaine");
        assertThat(String.valueOf(browser.script("return document.querySelectorAll('main script').length")))
                .isEqualTo("0");
    }

    @Test
    void fiveHundredEmojiAreShownAndDoNotWidenThePage() {
        String description = "\uD83D\uDD11".repeat(500);
        signIn();
        screen().open(described("db", description));

        assertThat(shown()).contains(description);
        assertThat(String.valueOf(browser.script(
                        "return document.documentElement.scrollWidth > document.documentElement.clientWidth")))
                .isEqualTo("false");
    }

    private String shown() {
        return String.valueOf(browser.script("return document.getElementById('page').textContent"));
    }

    @Test
    void whatIsTypedStaysWhileOneDecidesAndMayReplaceWhatIsThere() {
        signIn();
        EntryScreen screen = inConflict("db", "example-mine-0003");

        assertThat(screen.value()).isEqualTo("example-mine-0003");
        assertThat(console.secret("db").version()).isEqualTo(2);
        browser.click("Replace it with mine");
        browser.awaitText(EntryScreen.STORED);
        assertThat(console.secret("db").version()).isEqualTo(3);
        assertThat(console.holds("db", "example-mine-0003")).isTrue();
    }

    @Test
    void oneMayLeaveWhatIsThere() {
        signIn();
        EntryScreen screen = inConflict("db", "example-mine-0003");

        browser.click("Leave it as it is");
        browser.awaitText("Nothing was stored");
        assertThat(screen.kept()).doesNotContain("example-mine-0003");
        assertThat(console.holds("db", "example-theirs-0002")).isTrue();
    }

    @Test
    void anotherOneMayChangeItAgainBeforeOneDecides() {
        signIn();
        inConflict("db", "example-mine-0003");
        console.replace("db", "example-theirs-0004");

        browser.click("Replace it with mine");
        browser.await(any -> String.valueOf(browser.script("return document.activeElement.textContent"))
                .startsWith("Somebody changed it"));
        assertThat(console.secret("db").version()).isEqualTo(3);
        browser.click("Replace it with mine");
        browser.awaitText(EntryScreen.STORED);
        assertThat(console.holds("db", "example-mine-0003")).isTrue();
    }

    @Test
    void whatAnotherTabStoredEndsThePage() {
        signIn();
        URI page = pageFor("db");
        EntryScreen screen = screen().open(page).type("in vain");
        String first = browser.driver().getWindowHandle();
        browser.driver().switchTo().newWindow(WindowType.TAB);
        screen().open(page).enter("example-value-0001");
        browser.driver().close();
        browser.driver().switchTo().window(first);

        browser.awaitText(EntryScreen.OF_NO_USE);
        assertThat(screen.kept()).doesNotContain("in vain");
    }

    @Test
    void aServerThatIsGoneIsSaidAndTheValueStays() {
        signIn();
        EntryScreen screen = screen().open(pageFor("db")).type("example-value-0001");
        console.stopServing();

        browser.awaitText(EntryScreen.SILENT);
        browser.press(Keys.ENTER);
        browser.awaitText(EntryScreen.SILENT);
        assertThat(screen.value()).isEqualTo("example-value-0001");
    }

    @Test
    void whoIsSignedOutSignsInAgainAndLosesNothing() {
        signIn();
        EntryScreen screen = screen().open(pageFor("db")).type("example-value-0001");
        String first = browser.driver().getWindowHandle();
        browser.driver().manage().deleteAllCookies();
        screen.store();
        browser.awaitText("You are not signed in any more.");
        assertThat(screen.value()).isEqualTo("example-value-0001");

        browser.driver().switchTo().newWindow(WindowType.TAB);
        signIn();
        browser.driver().close();
        browser.driver().switchTo().window(first);
        screen.store();
        browser.awaitText(EntryScreen.STORED);
        assertThat(console.holds("db", "example-value-0001")).isTrue();
    }

    @Test
    void manyPressesAreOne() {
        signIn();
        screen().open(pageFor("db")).type("example-value-0001");

        browser.script("for (let i = 0; i < 5; i++) document.getElementById('store').click()");
        browser.awaitText(EntryScreen.STORED);
        assertThat(console.secret("db").version()).isEqualTo(1);
    }

    @Test
    void anotherPersonIsRefusedAndToldSoAndTheOwnerStillEnters() {
        URI page = pageFor("db");
        console.signIn(browser, "mallory@acme.example", Role.OWNER);
        browser.open(page.toString());
        browser.awaitText("is for somebody else");
        browser.awaitText("You are mallory@acme.example in the tenant acme.");

        console.signIn(browser, ServedConsole.SUBJECT, Role.MEMBER);
        screen().open(page).enter("example-value-0001");
        assertThat(console.holds("db", "example-value-0001")).isTrue();
    }

    @Test
    void withoutScriptsThePageTakesALine() {
        signIn();
        URI page = pageFor("db");
        scripts(false);
        try {
            browser.open(page.toString());
            browser.driver().findElement(By.id("value")).sendKeys("example-value-0001", Keys.ENTER);
            browser.awaitText(EntryScreen.STORED);
        } finally {
            scripts(true);
        }
        assertThat(console.holds("db", "example-value-0001")).isTrue();
    }

    private void scripts(boolean run) {
        browser.driver().executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", !run));
    }
}
