package dev.chatelaine.mcp.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.access.Role;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** Bundles, by keyboard, and by those who may only look. */
class ConsoleBundlesIT extends ConsoleCase {
    private static final String VALUE = "canary-bundle-51d0e7b3-not-real";

    private LivedIn here;

    @BeforeEach
    void furnish() {
        here = new LivedIn(console);
    }

    @Test
    void aBundleIsAddedReplacedAndDeleted() {
        open("bundles", Role.MEMBER);
        adding("github-bot");
        browser.tabTo("Variable");
        browser.press("GITHUB_TOKEN", Keys.TAB, VALUE);
        browser.activate("Add a value");
        browser.press("GITHUB_APP", Keys.TAB, "two");
        browser.activate("Add bundle");
        browser.awaitText("github-bot is stored.");
        assertThat(browser.focused()).as("focus is given back").isEqualTo("Add bundle");
        assertThat(here.holds("github-bot", Map.of("GITHUB_TOKEN", VALUE, "GITHUB_APP", "two")))
                .isTrue();

        here.start("claude-code", "github-bot");
        replaceAll();
        assertThat(here.holds("github-bot", Map.of("GITHUB_TOKEN", "three", "GITHUB_ORG", "four")))
                .isTrue();

        browser.activate("Delete github-bot");
        browser.awaitText("1 running session has it.");
        assertThat(browser.focused()).as("what is not destructive has focus").isEqualTo("Cancel");
        browser.activate("Delete bundle");
        browser.awaitText("github-bot was deleted.");
        browser.awaitText("No bundles yet");
        assertThat(here.newest().keyNames())
                .as("a running session keeps its values")
                .hasSize(2);
    }

    private void replaceAll() {
        browser.activate("Replace github-bot");
        browser.awaitDialogs(1);
        browser.activate("Remove value 1");
        assertThat(browser.focused()).as("focus goes to the next row").isEqualTo("Variable");
        browser.press(Keys.TAB, "three");
        browser.activate("Add a value");
        browser.press("GITHUB_ORG", Keys.TAB, "four");
        browser.activate("Replace all values");
        browser.awaitDialogs(2);
        assertThat(dialog())
                .containsSubsequence(
                        "Added (1)", "GITHUB_ORG", "Replaced (1)", "GITHUB_TOKEN", "Removed (1)", "GITHUB_APP")
                .contains("1 running session has the bundle and gets the new values at once");
        browser.activate("Cancel");
        browser.awaitDialogs(1);
        assertThat(here.keys("github-bot")).contains("GITHUB_APP");
        browser.activate("Replace all values");
        browser.awaitDialogs(2);
        browser.activate("Replace all values");
        browser.awaitText("github-bot has its new values.");
    }

    @Test
    void theQuestionIsAskedAgainWhereTheBundleWasChangedMeanwhile() {
        here.bundle("shared", Map.of("A_KEY", "one"));
        open("bundles", Role.OWNER);
        browser.click("Replace shared");
        browser.awaitDialogs(1);
        browser.press(Keys.TAB, "mine");
        browser.activate("Replace all values");
        browser.awaitDialogs(2);
        here.replace("shared", Map.of("A_KEY", "theirs", "B_KEY", "theirs"));
        browser.activate("Replace all values");
        browser.awaitText("The bundle was changed by someone else meanwhile.");
        assertThat(dialog()).containsSubsequence("Removed (1)", "B_KEY");
        assertThat(here.keys("shared")).hasSize(2);
        browser.activate("Replace all values");
        browser.awaitText("shared has its new values.");
        assertThat(here.holds("shared", Map.of("A_KEY", "mine"))).isTrue();
    }

    @Test
    void viewersSeeTheBundlesAndNothingThatTheyMayNot() {
        here.bundle("github-bot", Map.of("GITHUB_TOKEN", VALUE));
        open("bundles", Role.VIEWER);
        browser.awaitText("Your role here does not let you add, replace or delete bundles.");
        assertThat(browser.driver().findElement(By.tagName("main")).getText())
                .contains("github-bot", "GITHUB_TOKEN")
                .doesNotContain("Add bundle", "Replace\n", "Delete", "Running sessions");
        show("sessions");
        browser.awaitText("Your role here does not let you see, start or stop sessions.");
    }

    private void adding(String name) {
        browser.click("Add bundle");
        browser.awaitDialogs(1);
        browser.press(name);
    }
}
