package dev.chatelaine.mcp.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.access.Role;
import dev.chatelaine.vault.session.Session;
import dev.chatelaine.vault.session.SessionStatus;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** Sessions, by keyboard: started, stopped, resumed, and a token that is shown once. */
class ConsoleSessionsIT extends ConsoleCase {
    private LivedIn here;

    @BeforeEach
    void furnish() {
        here = new LivedIn(console);
        here.bundle("billing", Map.of("BILLING_URL", "one", "LLM_API_KEY", "two"));
        here.bundle("github-bot", Map.of("GITHUB_TOKEN", "three"));
    }

    @Test
    void aSessionIsStartedStoppedAndResumedAndItsTokenShownOnce() {
        console.store("billing-db", "example-value-0001", "");
        open("sessions", Role.MEMBER);
        browser.awaitText("No sessions yet");
        starting("claude-code");
        browser.press(Keys.TAB, Keys.SPACE, Keys.TAB, Keys.SPACE);
        browser.activate("Add a secret");
        browser.press("DATABASE_URL", Keys.TAB, "billing-db");
        browser.tabTo("LLM provider");
        browser.press("OpenAI", Keys.TAB, "gpt-4.1");
        browser.tabTo("For whom (optional)");
        browser.press("grace@acme.example");
        browser.activate("Start session");
        String first = token();
        browser.awaitText("claude-code runs.");
        browser.awaitText("gpt-4.1");

        Session session = here.newest();
        assertThat(session.keyNames().stream().map(Object::toString))
                .contains("BILLING_URL", "DATABASE_URL", "GITHUB_TOKEN", "LLM_API_KEY", "LLM_MODEL");
        assertThat(session.userId()).isEqualTo("grace@acme.example");
        assertThat(reads(session, first)).isTrue();

        browser.activate("Stop claude-code " + session.id());
        browser.awaitText("The values that it was given and its runtime token are destroyed");
        assertThat(browser.focused()).as("what is not destructive has focus").isEqualTo("Cancel");
        browser.activate("Stop session");
        browser.awaitText("claude-code was stopped.");
        assertThat(here.session(session).status()).isEqualTo(SessionStatus.STOPPED);
        assertThat(reads(session, first)).isFalse();
        resume(session, first);
    }

    private void resume(Session session, String first) {
        browser.activate("Resume claude-code " + session.id());
        browser.awaitText("a new runtime token, which is shown once");
        browser.activate("Resume session");
        String second = token();
        browser.awaitText("Stop\nclaude-code " + session.id());

        assertThat(second).isNotEqualTo(first);
        assertThat(reads(session, second)).isTrue();
        assertThat(kept()).doesNotContain(first, second);
        assertThat(browser.console()).noneMatch(line -> line.contains(first) || line.contains(second));
    }

    /** Reads the token, sees where to use it, and closes it away. */
    private String token() {
        browser.awaitText("The runtime token is shown this once.");
        assertThat(browser.focused()).isEqualTo("Runtime token");
        assertThat(dialog())
                .contains("/env", "ws://", "/events", "chatelaine session run --bundle billing --bundle github-bot --");
        String token = String.valueOf(browser.script("return document.activeElement.value"));
        assertThat(token).startsWith("crt_");
        browser.activate("Copy");
        browser.activate("Done");
        browser.awaitDialogs(0);
        return token;
    }

    private boolean reads(Session session, String token) {
        return console.vault()
                .sessionRuntimes()
                .authenticate(session.id(), token)
                .isPresent();
    }

    @Test
    void aCollisionIsSaidAtTheBundles() {
        here.bundle("other", Map.of("GITHUB_TOKEN", "four"));
        open("sessions", Role.OWNER);
        starting("claude-code");
        browser.press(Keys.TAB, Keys.TAB, Keys.SPACE, Keys.TAB, Keys.SPACE);
        browser.activate("Start session");
        browser.awaitText("GITHUB_TOKEN is given twice");
        assertThat(errors()).singleElement().asString().contains("github-bot", "other");
        assertThat(browser.focused()).startsWith("github-bot");
        browser.checkAccessibility("a collision");
    }

    @Test
    void whatASessionCannotHaveIsSaidAtItsField() {
        open("sessions", Role.OWNER);
        starting("");
        browser.activate("Add a secret");
        browser.press("PATH", Keys.TAB, "nowhere");
        browser.tabTo("LLM provider");
        browser.press("Mistral");
        browser.activate("Start session");
        browser.awaitText("Fill this in.");
        assertThat(errors()).as("the agent and the model").hasSize(2);
        browser.press("claude-code");
        browser.tabTo("Model");
        browser.press("mistral-small-latest", Keys.ENTER);
        browser.awaitText("PATH is reserved");
        browser.script("document.activeElement.select()");
        browser.press("DATABASE_URL", Keys.ENTER);
        browser.awaitText("There is no secret");
        assertThat(browser.focused()).isEqualTo("Secret");
        browser.activate("Remove secret 1");
        browser.activate("Start session");
        browser.awaitText("There is no key for Mistral");
        assertThat(browser.focused()).isEqualTo("LLM provider");
    }

    @Test
    void resumingWithoutABundleSaysWhatToDo() {
        Session session = here.start("claude-code", "billing", "github-bot");
        here.stop(session);
        here.delete("billing");
        open("sessions", Role.OWNER);
        browser.click("Resume claude-code " + session.id());
        browser.awaitDialogs(1);
        browser.activate("Resume session");
        browser.awaitText("The bundle billing is gone, and the session was not resumed.");
        assertThat(dialog()).contains("Make a bundle of that name");
        assertThat(here.session(session).status()).isEqualTo(SessionStatus.STOPPED);
        browser.checkAccessibility("a refused resume");

        here.bundle("billing", Map.of("BILLING_URL", "new"));
        browser.activate("Resume session");
        browser.awaitText("The runtime token is shown this once.");
        assertThat(here.session(session).status()).isEqualTo(SessionStatus.RUNNING);
    }

    @Test
    void theListIsNarrowedToAStatus() {
        Session stopped = here.start("one", "github-bot");
        here.start("two", "github-bot");
        here.stop(stopped);
        open("sessions", Role.OWNER);
        assertThat(rows()).isEqualTo(2);
        browser.tabTo("Status");
        browser.press("Stopped");
        browser.await(any -> rows() == 1);
        browser.awaitText(stopped.id());
    }

    private int rows() {
        return browser.driver().findElements(By.cssSelector("main tbody tr")).size();
    }

    private void starting(String agent) {
        browser.click("Start a session");
        browser.awaitDialogs(1);
        browser.press(agent);
    }
}
