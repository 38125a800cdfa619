package dev.chatelaine.mcp.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.access.Role;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** What is shown of many, of few, and of what cannot be changed. */
class ConsoleListsIT extends ConsoleCase {
    private static final int MANY = 55;
    private static final int PAGE = 50;

    @Test
    void aLongListIsReadOnAndNarrowed() {
        for (int i = 0; i < MANY; i++) {
            console.store("secret-%02d".formatted(i), "example-value-0001", i == 7 ? "the needle" : "hay");
        }
        open("secrets", Role.MEMBER);
        assertThat(rows()).isEqualTo(PAGE);
        browser.click("Show more");
        browser.await(any -> rows() == MANY);

        browser.tabTo("Search name or description");
        browser.press("needle");
        browser.await(any -> rows() == 1);
        assertThat(browser.driver().findElement(By.tagName("main")).getText()).contains("secret-07");
        assertThat(browser.focused()).as("typing goes on").isEqualTo("Search name or description");
        browser.press("s");
        browser.awaitText("Nothing fits");

        browser.press(Keys.BACK_SPACE);
        browser.await(any -> rows() == 1);
        browser.tabTo("Category");
        browser.press("Database");
        browser.awaitText("Nothing fits");
    }

    private int rows() {
        return browser.driver().findElements(By.cssSelector("main tbody tr")).size();
    }

    @Test
    void nothingIsOfferedWhereEverythingIsReadOnly(@TempDir Path other) {
        try (ServedConsole readOnly =
                new ServedConsole(other, Clock.systemUTC(), Map.of("CHATELAINE_READ_ONLY", "true"))) {
            readOnly.store("billing-db", "example-value-0001", "");
            readOnly.signIn(browser, Role.OWNER);
            browser.open(readOnly.page("secrets"));
            browser.awaitSection();
            browser.awaitText("This server is set to read only");

            assertThat(browser.driver().findElement(By.tagName("main")).getText())
                    .contains("History")
                    .doesNotContain("Add secret", "Replace");
            new LivedIn(readOnly).start("claude-code");
            browser.open(readOnly.page("sessions"));
            browser.awaitText("This server is set to read only");
            browser.awaitText("claude-code");
            assertThat(browser.driver().findElement(By.tagName("main")).getText())
                    .doesNotContain("Start a session", "Stop\n");
            new GatewayInUse(readOnly).make("nightly-report", null, 1_000_000L, null);
            browser.open(readOnly.page("gateway-keys"));
            browser.awaitText("This server is set to read only");
            browser.awaitText("$0.00 of $1.00");
            assertThat(browser.driver().findElement(By.tagName("main")).getText())
                    .doesNotContain("Make a key", "Change\n", "Rotate", "Delete");
        }
    }
}
