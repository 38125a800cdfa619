package dev.chatelaine.mcp.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.access.Role;
import dev.chatelaine.vault.signin.NewConsoleSession;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;

/** What goes wrong is said, and costs nobody what they typed. */
class ConsoleBadDayIT extends ConsoleCase {
    private static final String HOSTILE =
            "<script>document.title='taken'</script> \"quotes\" '&amp;' \u202Eright to left\u202C \u05E9\u05DC\u05D5\u05DD ";
    private static final String KEYS = "\uD83D\uDDDD\uFE0F";

    @Test
    void hostileNamesAreShownAsTheyAre() {
        String description = HOSTILE + KEYS.repeat(120);
        console.store("evil", "example-value-0001", description);
        console.signIn(browser, HOSTILE + KEYS.repeat(40), Role.OWNER);
        show("secrets");

        assertThat(shown("tbody .under bdi")).isEqualTo(description);
        assertThat(shown("#who .subject bdi")).isEqualTo(HOSTILE + KEYS.repeat(40));
        browser.click("Edit evil");
        browser.awaitDialogs(1);
        assertThat(browser.driver()
                        .findElement(By.cssSelector("dialog textarea"))
                        .getAttribute("value"))
                .isEqualTo(description);
        show("audit");
        assertThat(shown("tbody td bdi")).isNotEmpty();
        assertThat(browser.driver().getTitle()).startsWith("Audit");
        assertThat(browser.driver().findElements(By.cssSelector("main script"))).isEmpty();
    }

    private String shown(String selector) {
        return String.valueOf(browser.script("return document.querySelector(arguments[0]).textContent", selector));
    }

    @Test
    void aNameThatIsTakenIsSaidAtItsField() {
        console.store("billing-db", "example-value-0001", "");
        open("secrets", Role.OWNER);
        browser.click("Add secret");
        browser.awaitDialogs(1);
        browser.tabTo("Name");
        browser.press("billing-db", Keys.TAB, "example-value-0002", Keys.ENTER);

        WebElement error = browser.await(
                any -> browser.driver().findElements(By.cssSelector("dialog .error, dialog .note.bad")).stream()
                        .filter(WebElement::isDisplayed)
                        .findFirst()
                        .orElse(null));
        assertThat(error.getText()).contains("billing-db");
        assertThat(value()).isEqualTo("example-value-0002");
    }

    @Test
    void whatSomeoneElseChangedMeanwhileIsNotOverwrittenUnasked() {
        console.store("shared", "example-value-0001", "");
        open("secrets", Role.OWNER);
        browser.click("Replace shared");
        browser.awaitDialogs(1);
        browser.press("example-mine-0002");
        console.replace("shared", "example-theirs-0003");
        browser.press(Keys.ENTER);
        browser.awaitText("was changed by someone else");

        assertThat(console.secret("shared").version()).isEqualTo(2);
        assertThat(value()).isEqualTo("example-mine-0002");
        browser.checkAccessibility("a conflict");
        browser.click("Save over it");
        browser.awaitText("shared has a new value.");
        assertThat(console.secret("shared").version()).isEqualTo(3);
        assertThat(console.holds("shared", "example-mine-0002")).isTrue();
    }

    @Test
    void anEndedSessionCostsNothingThatWasTyped() {
        console.store("kept", "example-value-0001", "");
        NewConsoleSession session = console.signIn(browser, Role.OWNER);
        show("secrets");
        browser.click("Replace kept");
        browser.awaitDialogs(1);
        browser.press("example-typed-0002");
        console.vault().consoleSessions().end(session.cookie());
        browser.press(Keys.ENTER);
        browser.awaitText("Your session has ended");
        browser.checkAccessibility("an ended session");

        browser.click("I am signed in again");
        browser.awaitText("You are not signed in yet.");
        signInElsewhere();
        browser.script("window.dispatchEvent(new Event('focus'))"); // which a browser without windows may not send
        browser.awaitDialogs(1);
        assertThat(value()).isEqualTo("example-typed-0002");
        browser.script("document.querySelector('dialog [type=submit]').click()");
        browser.awaitText("kept has a new value.");
        assertThat(console.holds("kept", "example-typed-0002")).isTrue();
    }

    /** In another tab, as a person would. */
    private void signInElsewhere() {
        String here = browser.driver().getWindowHandle();
        browser.driver().switchTo().newWindow(WindowType.TAB);
        console.signIn(browser, Role.OWNER);
        browser.driver().close();
        browser.driver().switchTo().window(here);
    }

    @Test
    void aServerThatIsGoneIsSaidAndNothingIsLost() {
        console.store("kept", "example-value-0001", "");
        open("secrets", Role.OWNER);
        browser.click("Replace kept");
        browser.awaitDialogs(1);
        console.stopServing();
        browser.press("example-typed-0002", Keys.ENTER);

        browser.awaitText("The server cannot be reached.");
        assertThat(value()).isEqualTo("example-typed-0002");
    }

    @Test
    void whatOneMayNotDoIsNotOfferedAndTheReasonIsSaid() {
        console.store("billing-db", "example-value-0001", "");
        open("secrets", Role.VIEWER);
        browser.awaitText("Your role here does not let you add or change secrets.");
        String buttons = browser.driver().findElement(By.tagName("main")).getText();
        assertThat(buttons).contains("History").doesNotContain("Add secret", "Replace", "Delete\n");
        show("audit");
        browser.awaitText("Your role here does not let you read the audit.");
        show("providers");
        browser.awaitText("Your role here does not let you set, replace, verify or remove keys.");
    }

    @Test
    void aPlanWithoutOwnKeysIsSaid() {
        open("providers", Role.OWNER);
        browser.activate("Switch tenant");
        browser.awaitDialogs(1);
        browser.press(Keys.ARROW_DOWN, Keys.ENTER);
        browser.awaitText("The plan starter does not take keys of your own.");
    }

    @Test
    void nobodySignedInIsLedToTheSignIn() {
        browser.open(console.page("audit"));
        browser.awaitText("Sign in to Chatelaine");
        assertThat(browser.driver().getCurrentUrl()).endsWith("/console/sign-in?next=%2Fconsole%2Faudit");
    }

    private String value() {
        return String.valueOf(browser.driver()
                .findElement(By.cssSelector("dialog input[type=password]"))
                .getAttribute("value"));
    }
}
