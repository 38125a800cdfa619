package dev.chatelaine.mcp.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.access.Role;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The console's own arithmetic of money, in the browser that does it. */
class ConsoleMoneyIT extends ConsoleCase {
    private static final Map<Long, String> SAID = Map.of(
            0L, "$0.00",
            1L, "$0.000001",
            4_200L, "$0.0042",
            999_999L, "$0.999999",
            1_000_000L, "$1.00",
            1_234_567_890L, "$1,234.56789",
            9_007_199_254_740_991L, "$9,007,199,254.740991");

    @Test
    void moneyIsSaidToTheLastMicroDollarAndReadBackAsItIsTyped() {
        open("gateway-keys", Role.OWNER);
        SAID.forEach((microUsd, said) -> {
            assertThat(money("usd(" + microUsd + ")")).isEqualTo(said);
            assertThat(money("microUsd(money.typed(" + microUsd + "))")).isEqualTo(microUsd);
        });
        assertThat(money("usdAbout(999999)")).isEqualTo("$0.999999");
        assertThat(money("usdAbout(1234567890)")).isEqualTo("$1,234.57");
        assertThat(money("microUsd(' $ 0.50 ')")).isEqualTo(500_000L);
    }

    @Test
    void whatIsNoAmountIsNone() {
        open("gateway-keys", Role.OWNER);
        for (String typed : List.of(
                "", ".5", "1,000", "1e3", "-1", "+1", "0.0000001", "1.2.3", "0x10", "ten", "1 000", "99999999999")) {
            assertThat(money("microUsd('" + typed + "')")).as(typed).isNull();
        }
    }

    private @Nullable Object money(String expression) {
        return browser.driver()
                .executeAsyncScript("const done = arguments[0];"
                        + "import('/console/money.js').then((money) => done(money." + expression + "))");
    }
}
