package dev.chatelaine.mcp.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.http.GatewayRequests;
import dev.chatelaine.vault.Expected;
import dev.chatelaine.vault.access.Role;
import dev.chatelaine.vault.gatewaykey.GatewayKey;
import dev.chatelaine.vault.gatewaykey.GatewayKeyChange;
import dev.chatelaine.vault.gatewaykey.GatewayKeyName;
import dev.chatelaine.vault.gatewaykey.ModelPatterns;
import dev.chatelaine.vault.usage.CredentialSource;
import dev.chatelaine.vault.usage.KeySpend;
import dev.chatelaine.vault.usage.Tokens;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** Gateway keys, by keyboard: made and shown once, capped, rotated, deleted. */
class ConsoleGatewayKeysIT extends ConsoleCase {
    private GatewayInUse here;

    @BeforeEach
    void here() {
        here = new GatewayInUse(console);
    }

    @Test
    void aKeyIsMadeAndShownOnce() {
        open("gateway-keys", Role.ADMIN);
        browser.awaitText("No gateway keys yet");
        making("nightly-report");
        browser.press(Keys.TAB, "openai/gpt-4.1-mini", Keys.ENTER, "anthropic/*", Keys.TAB, "$12.5");
        browser.press(Keys.TAB, "openai/gpt-4.1-nano");
        browser.activate("Make key");
        String key = shownKey();
        browser.awaitText("nightly-report is made.");
        assertThat(browser.focused()).as("focus is given back").isEqualTo("Make a key");
        assertThat(here.works(key)).isTrue();
        GatewayKey made = here.key("nightly-report");
        assertThat(made.allowedModels()).isEqualTo(new ModelPatterns(List.of("openai/gpt-4.1-mini", "anthropic/*")));
        assertThat(cap("nightly-report")).isEqualTo(12_500_000);
        assertThat(made.fallbackModel()).isEqualTo("openai/gpt-4.1-nano");
        assertThat(made.expiresAt()).isNull();

        String rest = key.substring(0, key.length() - 4);
        assertThat(kept()).as("once the dialog is closed").doesNotContain(rest);
        assertThat(main()).contains("nightly-report", made.hint(), "$0.00 of $12.50", "openai/gpt-4.1-nano");
        browser.driver().navigate().refresh();
        browser.awaitSection();
        browser.awaitText("nightly-report");
        assertThat(kept()).as("after a reload").doesNotContain(rest);
    }

    @Test
    void whatIsSpentStandsBesideTheCapToTheLastMicroDollar() {
        spend("small", 25_000_000L, 4_200);
        spend("used-up", 1_234_567L, 1_234_567);
        spend("open", null, 1_000_000_000L);
        open("gateway-keys", Role.OWNER);
        assertThat(row("small")).contains("$0.0042 of $25.00").doesNotContain("Cap reached");
        assertThat(row("used-up")).contains("$1.234567 of $1.234567", "Cap reached");
        assertThat(row("open")).contains("$1,000.00", "no cap");
        assertThat(widths("used-up")).containsExactly("100%");
        assertThat(widths("small")).as("a little is seen, too").containsExactly("0.4%");
        assertThat(widths("open")).isEmpty();
    }

    @Test
    void aCapIsRaisedAndTakenAwayAndTheRestStays() {
        here.make("jobs", List.of("openai/*"), 1_000_000L, "openai/gpt-4.1-mini");
        open("gateway-keys", Role.OWNER);
        changing("jobs", "Spend cap in US dollars (optional)", "a lot");
        browser.activate("Save");
        browser.awaitText("A number of dollars, such as 25 or 0.50.");
        browser.script("document.activeElement.select()");
        browser.press("2.000001", Keys.ENTER);
        browser.awaitText("jobs was changed.");
        browser.awaitText("$0.00 of $2.000001");
        assertThat(cap("jobs")).isEqualTo(2_000_001);
        assertThat(here.key("jobs").fallbackModel()).isEqualTo("openai/gpt-4.1-mini");

        changing("jobs", "Spend cap in US dollars (optional)", Keys.DELETE);
        browser.activate("Save");
        browser.awaitText("no cap");
        assertThat(spend("jobs").cap()).isNull();
        assertThat(here.key("jobs").allowedModels()).isEqualTo(new ModelPatterns(List.of("openai/*")));

        long before = here.key("jobs").revision();
        browser.click("Change jobs");
        browser.awaitDialogs(1);
        browser.activate("Save");
        browser.awaitText("jobs is as it was.");
        assertThat(here.key("jobs").revision()).isEqualTo(before);
    }

    @Test
    void whatSomebodyElseChangedMeanwhileIsLeftAlone() {
        here.make("jobs", null, 1_000_000L, null);
        open("gateway-keys", Role.OWNER);
        changing("jobs", "Fallback model (optional)", "openai/gpt-4.1-mini");
        console.vault()
                .gatewayKeys()
                .change(console.owner(), new GatewayKeyName("jobs"), GatewayKeyChange.cap(7_000_000L), Expected.ANY);
        browser.activate("Save");
        browser.awaitText("The gateway key was changed by someone else");
        assertThat(here.key("jobs").fallbackModel()).isNull();
        browser.activate("Save over it");
        browser.awaitText("jobs was changed.");
        assertThat(here.key("jobs").fallbackModel()).isEqualTo("openai/gpt-4.1-mini");
        assertThat(cap("jobs")).as("theirs").isEqualTo(7_000_000);
    }

    @Test
    void anEndInThePastIsRefusedAtItsField() {
        open("gateway-keys", Role.OWNER);
        making("jobs");
        browser.script("document.querySelector('[name=expires_at]').value = '2001-01-01T00:00'");
        browser.activate("Make key");
        browser.awaitText("A key's end is in the future");
        assertThat(errors()).hasSize(1);
        assertThat(browser.focused()).isEqualTo("Expires (optional)");
        browser.script("document.querySelector('[name=expires_at]').value = '2999-01-01T00:00'");
        browser.press(Keys.ENTER);
        browser.awaitText("The key is shown this once.");
        assertThat(String.valueOf(here.key("jobs").expiresAt())).startsWith("2999-01-01T");
    }

    @Test
    void aKeyIsRotatedWithAGraceOrWithoutAny() {
        String first = here.make("jobs", null, null, null);
        open("gateway-keys", Role.OWNER);
        rotating("jobs");
        browser.activate("Rotate key");
        browser.awaitText("goes on working for a day.");
        String second = shownKey();
        assertThat(here.works(first)).isTrue();
        assertThat(here.works(second)).isTrue();

        rotating("jobs");
        browser.press("Not at all");
        browser.activate("Rotate key");
        browser.awaitText("works no longer.");
        String third = shownKey();
        assertThat(here.works(first)).isFalse();
        assertThat(here.works(second)).isFalse();
        assertThat(here.works(third)).isTrue();
        assertThat(kept()).doesNotContain(second.substring(0, 40), third.substring(0, 40));
    }

    @Test
    void aKeyIsDeletedOnceThatIsConfirmed() {
        String key = here.make("jobs", null, null, null);
        open("gateway-keys", Role.OWNER);
        browser.activate("Delete jobs");
        browser.awaitText("It was never used.");
        assertThat(browser.focused()).as("what is not destructive has focus").isEqualTo("Cancel");
        browser.press(Keys.ENTER);
        browser.awaitDialogs(0);
        assertThat(here.works(key)).isTrue();
        browser.activate("Delete jobs");
        browser.awaitDialogs(1);
        browser.activate("Delete key");
        browser.awaitText("jobs was deleted.");
        browser.awaitText("No gateway keys yet");
        assertThat(here.works(key)).isFalse();
    }

    @Test
    void whoMayNotSeeThemIsToldWhy() {
        here.make("jobs", null, null, null);
        open("gateway-keys", Role.KEY_MANAGER);
        browser.awaitText("Your role here does not let you see, make or change gateway keys.");
        assertThat(main()).doesNotContain("jobs", "Make a key");
    }

    private void spend(String name, @Nullable Long cap, long microUsd) {
        GatewayRequests requests = new GatewayRequests(console.vault());
        requests.done(
                requests.with(here.make(name, null, cap, null)),
                "openai/gpt-4.1",
                CredentialSource.BYOK,
                Tokens.NONE,
                microUsd,
                1);
    }

    private KeySpend spend(String name) {
        return Objects.requireNonNull(here.key(name).spend());
    }

    private long cap(String name) {
        return Objects.requireNonNull(spend(name).cap());
    }

    private void making(String name) {
        browser.click("Make a key");
        browser.awaitDialogs(1);
        browser.press(name);
    }

    private void changing(String name, String field, CharSequence content) {
        browser.click("Change " + name);
        browser.awaitDialogs(1);
        browser.tabTo(field);
        browser.script("document.activeElement.select()");
        browser.press(content);
    }

    private void rotating(String name) {
        browser.click("Rotate " + name);
        browser.awaitDialogs(1);
    }

    /** The key that the dialog shows, which is closed then. */
    private String shownKey() {
        browser.awaitText("The key is shown this once.");
        assertThat(browser.focused()).isEqualTo("Gateway key");
        assertThat(dialog()).contains("base_url=\"" + console.address().replaceAll("/$", "") + "/v1\"", "api_key=");
        String key = String.valueOf(browser.script("return document.activeElement.value"));
        assertThat(key).startsWith("ck_").hasSize(46);
        browser.activate("Copy");
        browser.activate("Done");
        browser.awaitDialogs(0);
        return key;
    }

    private String row(String name) {
        return browser.driver()
                .findElement(By.xpath("//main//tbody/tr[.//*[text()='" + name + "']]"))
                .getText();
    }

    /** How wide the parts of a key's bar are. */
    private List<String> widths(String name) {
        return browser
                .driver()
                .findElements(By.xpath("//main//tbody/tr[.//*[text()='" + name + "']]//*[local-name()='rect']"))
                .stream()
                .map(part -> String.valueOf(part.getDomAttribute("width")))
                .toList();
    }

    private String main() {
        return browser.driver().findElement(By.tagName("main")).getText();
    }
}
