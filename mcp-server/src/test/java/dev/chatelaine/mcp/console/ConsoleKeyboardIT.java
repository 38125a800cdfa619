package dev.chatelaine.mcp.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.access.Role;
import dev.chatelaine.vault.llm.ConfigurationName;
import dev.chatelaine.vault.llm.LlmConfiguration;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** The console's main tasks, done without a mouse. */
class ConsoleKeyboardIT extends ConsoleCase {
    private static final String FIRST = "example-first-value-0001";
    private static final String SECOND = "example-second-value-0002";

    @Test
    void aSecretIsAddedReplacedRolledBackDeletedAndRestored() {
        open("secrets", Role.OWNER);
        add();
        browser.activate("Replace billing-db");
        browser.awaitDialogs(1);
        browser.press(SECOND, Keys.ENTER);
        browser.awaitText("billing-db has a new value.");
        assertThat(console.holds("billing-db", SECOND)).isTrue();

        rollBack();
        assertThat(console.secret("billing-db").version()).isEqualTo(3);
        assertThat(console.holds("billing-db", FIRST)).isTrue();

        browser.activate("Delete billing-db");
        browser.awaitDialogs(1);
        assertThat(browser.focused()).as("what is not destructive has focus").isEqualTo("Cancel");
        browser.activate("Delete secret");
        browser.awaitText("billing-db was deleted.");

        browser.tabTo("Deleted ones");
        browser.press(Keys.SPACE);
        browser.awaitText("Restore");
        browser.activate("Restore billing-db");
        browser.awaitText("billing-db is back.");
        assertThat(console.secret("billing-db").version()).isEqualTo(3);
    }

    private void add() {
        browser.activate("Add secret");
        browser.awaitDialogs(1);
        browser.tabTo("Name");
        browser.press("billing-db", Keys.TAB, FIRST);
        browser.tabTo("Description (optional)");
        browser.press("The billing service");
        browser.activate("Add secret");
        browser.awaitText("billing-db is stored.");
        assertThat(browser.focused()).as("focus is given back").isEqualTo("Add secret");
        assertThat(console.secret("billing-db").description().text()).isEqualTo("The billing service");
    }

    private void rollBack() {
        browser.activate("History billing-db");
        browser.awaitText("the newest ten values are kept");
        browser.awaitText("Use again");
        browser.activate("Use again version 1");
        browser.activate("Use version 1");
        browser.awaitText("billing-db has its former value again.");
    }

    @Test
    void aProviderKeyIsConfiguredReplacedAndRemoved() {
        open("providers", Role.KEY_MANAGER);
        browser.activate("Configure OpenAI");
        browser.awaitDialogs(1);
        browser.press("sk-example-not-a-real-key-000000000001", Keys.ENTER);
        browser.awaitText("The key for OpenAI is stored.");
        browser.awaitText("0001");

        browser.activate("Replace OpenAI");
        browser.awaitDialogs(1);
        browser.press("sk-example-not-a-real-key-000000000002", Keys.ENTER);
        browser.awaitText("The key for OpenAI was replaced.");
        browser.awaitText("0002");

        browser.activate("Remove OpenAI");
        browser.awaitDialogs(1);
        browser.activate("Remove key");
        browser.awaitText("The key for OpenAI was removed.");
        browser.awaitText("Not configured");
    }

    @Test
    void aConfigurationIsCreatedGivenAKeyAndMadeTheDefault() {
        open("configurations", Role.OWNER);
        configure("main");
        configure("newer");
        browser.awaitText("the one created last");

        browser.activate("Set key main");
        browser.awaitDialogs(1);
        browser.press("sk-example-not-a-real-key-000000000003", Keys.ENTER);
        browser.awaitText("main has its key.");
        browser.activate("Make default main");
        browser.awaitText("main is the default now.");
        browser.awaitText("which was made the default");

        LlmConfiguration main = console.vault().llmConfigurations().get(console.owner(), new ConfigurationName("main"));
        assertThat(main.isDefault()).isTrue();
        assertThat(main.key()).isNotNull();
        assertThat(main.fallbacks().models()).containsExactly("mistral/mistral-small-latest", "main");
    }

    private void configure(String name) {
        browser.activate("New configuration");
        browser.awaitDialogs(1);
        browser.press(name, Keys.TAB, "OpenAI", Keys.TAB, "gpt-4.1");
        browser.tabTo("Fallbacks (optional)");
        browser.press("mistral/mistral-small-latest", Keys.ENTER, "main");
        browser.activate("Create");
        browser.awaitText(name + " was created.");
    }

    @Test
    void theAuditIsFiltered() {
        console.store("one", FIRST, "");
        console.store("two", FIRST, "");
        console.replace("two", SECOND);
        open("audit", Role.ADMIN);

        browser.tabTo("Action");
        browser.press("secret.create");
        browser.tabTo("Target");
        browser.press("two", Keys.ENTER);

        browser.await(any -> rows() == 1);
        browser.activate("Clear");
        browser.await(any -> rows() > 3);
    }

    private int rows() {
        return browser.driver().findElements(By.cssSelector("main tbody tr")).size();
    }

    @Test
    void theTenantIsSwitchedAndTheSessionIsEnded() {
        open("secrets", Role.OWNER);
        browser.activate("Switch tenant");
        browser.awaitDialogs(1);
        browser.press(Keys.ARROW_DOWN, Keys.ENTER);
        browser.awaitText("You are now in globex.");
        browser.awaitText("Your role here does not let you add or change secrets");

        browser.activate("Sign out");
        browser.awaitText("You are signed out");
        browser.activate("Sign in again");
        browser.awaitText("Open the one-time link");
    }

    @Test
    void theSkipLinkLeadsPastTheNavigation() {
        open("providers", Role.OWNER);
        browser.press(Keys.TAB);
        assertThat(browser.focused()).isEqualTo("Skip to the content");
        browser.press(Keys.ENTER, Keys.TAB);
        assertThat(browser.focused()).isEqualTo("Configure OpenAI");
    }

    @Test
    void theSectionsAreReachedAndTheirHeadingIsRead() {
        open("providers", Role.OWNER);
        browser.activate("LLM configurations");
        browser.awaitText("No configurations yet");
        assertThat(browser.focused()).isEqualTo("LLM configurations");
        assertThat(browser.driver().getTitle()).startsWith("LLM configurations · acme");

        browser.driver().navigate().back();
        browser.awaitText("LLM provider keys");
        assertThat(browser.driver().getCurrentUrl()).endsWith("/console/providers");
    }
}
