package dev.chatelaine.mcp.console;

import dev.chatelaine.http.GatewayRequests;
import dev.chatelaine.http.auth.SetClock;
import dev.chatelaine.mcp.local.LocalVault;
import dev.chatelaine.vault.gatewaykey.GatewayKey;
import dev.chatelaine.vault.gatewaykey.GatewayKeyName;
import dev.chatelaine.vault.gatewaykey.NewGatewayKey;
import dev.chatelaine.vault.usage.CredentialSource;
import dev.chatelaine.vault.usage.Payer;
import dev.chatelaine.vault.usage.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The gateway keys of {@code acme}, and requests on days past. */
record GatewayInUse(ServedConsole console) {
    private static final int DAYS = 30;
    private static final long CAP = 5_000_000;

    /** Three keys that programs have used for a month: one within its cap, one without any, one that has used it up. */
    static void put(ServedConsole console) {
        GatewayInUse here = new GatewayInUse(console);
        List<String> models = List.of("openai/gpt-4.1*", "anthropic/*");
        String report = here.make("nightly-report", models, 25_000_000L, "thrifty");
        String agent = here.make("coding-agent", null, null, null);
        String review = here.make("pull-request-review", List.of("anthropic/claude-sonnet-4-5"), CAP, null);
        here.days(DAYS, (requests, day) -> {
            requests.done(
                    requests.with(report), "openai/gpt-4.1", CredentialSource.BYOK, tokens(day), 38_300L * day, 1_900);
            if (day % 7 > 1) {
                Payer payer = requests.with(agent);
                requests.done(
                        payer,
                        "anthropic/claude-sonnet-4-5",
                        CredentialSource.BYOK,
                        tokens(2 * day),
                        94_218L * day,
                        4_300);
                requests.done(payer, "groq/openai/gpt-oss-120b", CredentialSource.POOL, tokens(9), 48_750L, 700);
            }
            if (day % 10 == 3) {
                requests.done(
                        requests.with(review),
                        "anthropic/claude-sonnet-4-5",
                        CredentialSource.BYOK,
                        tokens(5),
                        CAP / 4,
                        2_600);
            }
        });
        GatewayRequests today = new GatewayRequests(console.vault());
        today.done(today.with(review), "anthropic/claude-sonnet-4-5", CredentialSource.BYOK, tokens(5), CAP / 4, 2_600);
        today.done(today.with(agent), "ollama/llama3.3", CredentialSource.BYOK, tokens(3), null, 8_100);
        today.refused(today.with(review), "anthropic/claude-sonnet-4-5", 402);
    }

    String make(String name, @Nullable List<String> models, @Nullable Long cap, @Nullable String fallback) {
        return console.vault()
                .gatewayKeys()
                .create(console.owner(), new NewGatewayKey(new GatewayKeyName(name), models, cap, fallback, null))
                .secret();
    }

    GatewayKey key(String name) {
        return console.vault().gatewayKeys().get(console.owner(), new GatewayKeyName(name));
    }

    boolean works(String key) {
        return console.vault().gatewayKeys().authenticate(key).isPresent();
    }

    /** What is done on each of so many days, of which today is the last; the days count from 1. */
    interface Day {
        void done(GatewayRequests requests, int day);
    }

    void days(int number, Day day) {
        Instant first = console.now().minus(Duration.ofDays(number - 1L));
        SetClock clock = new SetClock(first);
        try (LocalVault past = console.at(clock)) {
            GatewayRequests requests = new GatewayRequests(past.get());
            for (int i = 1; i <= number; i++) {
                day.done(requests, i);
                clock.advance(Duration.ofDays(1));
            }
        }
    }

    private static Tokens tokens(int many) {
        return new Tokens(9_400L * many, 2_150L * many, 3_700L * many);
    }
}
