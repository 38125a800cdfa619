package dev.chatelaine.mcp.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.http.GatewayRequests;
import dev.chatelaine.vault.access.Role;
import dev.chatelaine.vault.usage.CredentialSource;
import dev.chatelaine.vault.usage.Tokens;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** What was used, as charts and as figures, by the server's clock, which is not the browser's here. */
class ConsoleUsageIT extends ConsoleCase {
    private static final Instant NOW = Instant.parse("2026-03-02T09:30:00Z");

    @Override
    protected Clock clock() {
        return Clock.fixed(NOW, ZoneOffset.UTC);
    }

    @Test
    void whereNothingWasUsedItSaysWhatToDo() {
        open("usage", Role.ADMIN);
        browser.awaitText("Nothing in the last 30 days");
        assertThat(main()).contains(console.address().replaceAll("/$", "") + "/v1");
        browser.click("Gateway keys");
        browser.awaitText("No gateway keys yet");
    }

    @Test
    void whatWasUsedIsAddedUpByDayModelKeyAndCredential() {
        plant();
        open("usage", Role.OWNER);
        browser.awaitText("By day");
        assertThat(tiles())
                .containsExactly(
                        "Cost\n$1.2042\nand 1 request without a price",
                        "Requests\n4\n1 failed",
                        "Tokens\n1,340\n440 in answers\nestimated for 1 request",
                        "Half took up to\n400 ms\n95% up to 2.5 s");
        assertThat(main()).doesNotContain("undefined", "NaN", "[object");
        assertThat(ranked("By model", "Cost"))
                .containsExactly(
                        "openai/gpt-4.1 $1.2042", "groq/llama-3.3 – no price is known", "openai/gpt-4.1-mini $0.00");
        assertThat(ranked("By model", "Tokens"))
                .containsExactly(
                        "openai/gpt-4.1 1,005 tokens", "groq/llama-3.3 335 tokens", "openai/gpt-4.1-mini 0 tokens");
        assertThat(ranked("By gateway key", "Cost")).containsExactly("jobs $1.20", "Without a gateway key $0.0042");
        assertThat(ranked("Own keys and the pool", "Tokens"))
                .containsExactly(
                        "Your own keys 670 tokens",
                        "The platform’s pool 670 tokens",
                        "Refused before any key 0 tokens");
        assertThat(card("Own keys and the pool").getText())
                .contains("The pool in March 2026", "670 of 20,000,000 tokens");
    }

    @Test
    void aChartHasAColumnForEachDayAndItsFiguresBeside() {
        plant();
        open("usage", Role.OWNER);
        browser.await(any -> charts().size() == 2);
        assertThat(columns(0)).isEqualTo(30);
        assertThat(drawn(0)).as("days that cost something").isEqualTo(2);
        assertThat(marks(0)).startsWith("$0.00", "$0.50", "$1.00", "$1.50").endsWith("Mar 2");
        assertThat(marks(1)).startsWith("0", "200", "400", "600", "800");
        assertThat(charts().get(0).getAccessibleName())
                .isEqualTo("Cost by day, from Feb 1, 2026 to Mar 2, 2026. The most was $1.20, on"
                        + " Mar 1, 2026. The figures of each day are below.");
        assertThat(charts().get(1).getAccessibleName()).contains("The most was 670 tokens");
        browser.click("By day, in figures");
        assertThat(figures("By day"))
                .containsExactly(
                        "Mar 2, 2026|3|1|450|300|220|$0.0042\nand 1 without a price|400 ms|400 ms",
                        "Mar 1, 2026|1|0|450|150|220|$1.20|2.5 s|2.5 s");
    }

    @Test
    void whatHasNoPriceIsNotSaidToBeFree() {
        GatewayRequests requests = new GatewayRequests(console.vault());
        requests.done(
                GatewayRequests.with(console.owner()),
                "ollama/llama3.3",
                CredentialSource.BYOK,
                new Tokens(20, 10, 0),
                null,
                400);
        open("usage", Role.OWNER);
        browser.awaitText("By day");
        browser.await(any -> charts().size() == 2);
        assertThat(tiles()).contains("Cost\n–\nno price is known of what was asked");
        assertThat(ranked("By model", "Cost")).containsExactly("ollama/llama3.3 – no price is known");
        assertThat(charts().get(0).getAccessibleName())
                .contains("No price is known of what was asked.")
                .doesNotContain("$");
        browser.click("By model, in figures");
        assertThat(figures("By model"))
                .containsExactly("ollama/llama3.3|1|0|20|0|10|–\nno price is known|400 ms|400 ms");
        assertThat(browser.driver()
                        .findElement(By.cssSelector("[role=status].unseen"))
                        .getText())
                .doesNotContain("$");
    }

    @Test
    void aPeriodIsChosenAndOlderRequestsAreInLongerOnesAlone() {
        new GatewayInUse(console).days(40, (requests, day) -> {
            if (day == 1 || day == 25 || day == 40) {
                requests.done(
                        GatewayRequests.with(console.owner()),
                        "openai/gpt-4.1",
                        CredentialSource.BYOK,
                        new Tokens(1, 1, 0),
                        1_000_000L,
                        5);
            }
        });
        open("usage", Role.OWNER);
        browser.await(any -> tiles().contains("Cost\n$2.00"));
        browser.tabTo("Period");
        browser.press("The last 90");
        browser.await(any -> tiles().contains("Cost\n$3.00"));
        assertThat(browser.focused()).isEqualTo("Period");
        browser.await(any -> charts().size() == 2 && columns(0) == 90);
        browser.press(Keys.HOME);
        browser.await(any -> tiles().contains("Cost\n$1.00"));
        browser.await(any -> charts().size() == 2 && columns(0) == 7);
    }

    @Test
    void manyModelsAreTheLargestAndTheRest() {
        GatewayRequests requests = new GatewayRequests(console.vault());
        for (int i = 1; i <= 12; i++) {
            requests.done(
                    GatewayRequests.with(console.owner()),
                    "openai/model-" + i,
                    CredentialSource.BYOK,
                    new Tokens(i, i, 0),
                    (long) i,
                    5);
        }
        open("usage", Role.OWNER);
        browser.awaitText("By model");
        assertThat(ranked("By model", "Cost"))
                .hasSize(9)
                .startsWith("openai/model-12 $0.000012")
                .endsWith("openai/model-5 $0.000005", "4 others $0.00001");
        browser.click("By model, in figures");
        assertThat(figures("By model")).hasSize(12);
    }

    @Test
    void nothingIsStyledInTheDocumentAndThePolicyHasNothingToSay() {
        GatewayInUse.put(console);
        for (boolean dark : List.of(false, true)) {
            browser.shape(WIDE, 900, dark);
            for (String page : List.of("usage", "gateway-keys")) {
                open(page, Role.OWNER);
                browser.await(any -> !browser.driver()
                        .findElements(By.cssSelector("main svg rect.part"))
                        .isEmpty());
                assertThat(browser.driver().findElements(By.cssSelector("[style], style")))
                        .isEmpty();
            }
        }
        assertThat(browser.console()).noneMatch(line -> line.contains("Content Security Policy"));
    }

    @Test
    void whoMayNotSeeItIsToldWhy() {
        plant();
        open("usage", Role.MEMBER);
        browser.awaitText("Your role here does not let you see what requests used and cost.");
        assertThat(main()).doesNotContain("$", "Period");
    }

    /** Yesterday a request with a key; today two that the pool answers, one of them without a price, and one refused. */
    private void plant() {
        GatewayInUse here = new GatewayInUse(console);
        String key = here.make("jobs", null, null, null);
        Tokens tokens = new Tokens(450, 220, 150);
        here.days(2, (requests, day) -> {
            if (day == 1) {
                requests.done(requests.with(key), "openai/gpt-4.1", CredentialSource.BYOK, tokens, 1_200_000L, 2_500);
            }
        });
        GatewayRequests today = new GatewayRequests(console.vault());
        Tokens half = new Tokens(225, 110, 150);
        today.done(GatewayRequests.with(console.owner()), "openai/gpt-4.1", CredentialSource.POOL, half, 4_200L, 400);
        today.done(today.with(key), "groq/llama-3.3", CredentialSource.POOL, half, null, 400);
        today.refused(GatewayRequests.with(console.owner()), "openai/gpt-4.1-mini", 403);
    }

    private List<String> tiles() {
        return browser.driver().findElements(By.cssSelector(".tiles > div")).stream()
                .map(WebElement::getText)
                .toList();
    }

    private WebElement card(String title) {
        return browser.driver().findElement(By.xpath("//main//section[h2='" + title + "']"));
    }

    private List<String> ranked(String title, String measure) {
        return card(title).findElements(By.xpath(".//figure[.//*[text()='" + measure + "']]//li[div]")).stream()
                .map(row -> row.getText().replace('\n', ' '))
                .toList();
    }

    private List<String> figures(String title) {
        return card(title).findElements(By.cssSelector("tbody tr")).stream()
                .map(row -> row.findElements(By.cssSelector("th, td")).stream()
                        .map(WebElement::getText)
                        .reduce((one, other) -> one + "|" + other)
                        .orElse(""))
                .toList();
    }

    private List<WebElement> charts() {
        return browser.driver().findElements(By.cssSelector("svg.columns"));
    }

    private int columns(int chart) {
        return charts().get(chart).findElements(By.cssSelector(".column")).size();
    }

    /** What stands at the axes. */
    private List<String> marks(int chart) {
        return charts().get(chart).findElements(By.tagName("text")).stream()
                .map(WebElement::getText)
                .toList();
    }

    private int drawn(int chart) {
        return charts().get(chart).findElements(By.cssSelector("rect.part")).size();
    }

    private String main() {
        return browser.driver().findElement(By.tagName("main")).getText();
    }
}
