package dev.chatelaine.mcp.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.access.Role;
import dev.chatelaine.vault.session.Session;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** The list of sessions follows what happens elsewhere, and disturbs nobody. */
class ConsoleLiveIT extends ConsoleCase {
    private LivedIn here;
    private Session session;

    @BeforeEach
    void furnish() {
        here = new LivedIn(console);
        here.bundle("github-bot", Map.of("GITHUB_TOKEN", "one"));
        session = here.start("claude-code", "github-bot");
    }

    @Test
    void aReplacedBundleAndAStopFromElsewhereAreSeenAndSaid() {
        for (int i = 0; i < 20; i++) {
            here.start("filler-" + i, "github-bot");
        }
        open("sessions", Role.OWNER);
        browser.tabTo("1 value"); // of the first row
        browser.press(Keys.SPACE);
        browser.tabTo("Stop claude-code " + session.id());
        Object scrolled = browser.script("return window.scrollY");
        assertThat(scrolled).as("there is something to scroll").isNotEqualTo(0L);

        here.replace("github-bot", Map.of("GITHUB_TOKEN", "two"));
        browser.awaitText("New values");
        assertThat(browser.driver().findElement(By.tagName("main")).getText()).contains("was 1");
        assertThat(said()).isEqualTo("21 sessions have new values.");
        assertThat(browser.focused()).isEqualTo("Stop claude-code " + session.id());
        assertThat(browser.script("return window.scrollY")).isEqualTo(scrolled);
        assertThat(browser.driver().findElements(By.cssSelector("main details[open]")))
                .hasSize(1);

        here.stop(session);
        browser.await(any -> said().equals("claude-code was stopped."));
        assertThat(browser.focused()).isEqualTo("Resume claude-code " + session.id());
        assertThat(browser.console()).noneMatch(line -> line.contains("Content Security Policy"));
    }

    @Test
    void aServerThatIsGoneIsSaidAndTheListGoesOnByItself() {
        open("sessions", Role.OWNER);
        console.stopServing();
        browser.awaitText("The server cannot be reached.");
        assertThat(browser.driver().findElement(By.tagName("main")).getText())
                .contains("Shown is how it was at", "claude-code");
        browser.checkAccessibility("a list that stands still");

        console.serveAgain();
        here.replace("github-bot", Map.of("GITHUB_TOKEN", "two"));
        browser.awaitText("New values");
        assertThat(browser.driver().findElement(By.tagName("main")).getText()).doesNotContain("cannot be reached");
    }

    @Test
    void aPageThatNobodyUsesStandsStillSoThatItsSessionCanEnd() {
        open("sessions", Role.OWNER);
        browser.script("const now = Date.now; Date.now = () => now() + 16 * 60000");
        browser.awaitText("Nobody used this page for a while");
        browser.checkAccessibility("a list that rests");
        here.replace("github-bot", Map.of("GITHUB_TOKEN", "two"));
        browser.script("window.dispatchEvent(new Event('pointermove'))");
        browser.awaitText("New values");
    }

    @Test
    void aHiddenPageDoesNotLookAndLooksAtOnceWhenItIsSeenAgain() {
        open("sessions", Role.OWNER);
        hide(true);
        here.replace("github-bot", Map.of("GITHUB_TOKEN", "two"));
        here.start("newcomer", "github-bot");
        hide(false);
        browser.awaitText("newcomer");
        assertThat(said()).contains("newcomer was started.", "claude-code has new values, revision 2.");
    }

    private void hide(boolean hidden) {
        browser.script(
                "Object.defineProperty(document, 'hidden', {value: arguments[0], configurable: true});"
                        + "document.dispatchEvent(new Event('visibilitychange'))",
                hidden);
    }

    private String said() {
        return String.valueOf(browser.script("return document.querySelector('main p[role=status]').textContent"));
    }
}
