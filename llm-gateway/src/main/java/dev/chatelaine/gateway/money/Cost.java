package dev.chatelaine.gateway.money;

import dev.chatelaine.vault.provider.Model;
import dev.chatelaine.vault.provider.Model.Price;
import java.math.BigInteger;
import java.util.OptionalLong;

/**
 * Micro-dollars for tokens. A part of a micro-dollar counts as a whole one, once for a request; what is more than a long
 * holds counts as {@link Long#MAX_VALUE}.
 */
public final class Cost {
    private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);
    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

    private Cost() {}

    /** What these tokens cost with this model; nothing where its price is not known. */
    public static OptionalLong of(Model model, Usage usage) {
        Price price = model.price(usage.prompt());
        return price == null ? OptionalLong.empty() : OptionalLong.of(of(price, usage));
    }

    /** What these tokens cost at these prices. */
    public static long of(Price price, Usage usage) {
        long fresh = usage.prompt() - usage.cached() - usage.cacheWrite();
        return rounded(times(fresh, price.input())
                .add(times(usage.cached(), price.cachedInput()))
                .add(times(usage.cacheWrite(), price.cacheWrite()))
                .add(times(usage.completion(), price.output())));
    }

    /**
     * The most that a request can cost: every token of the prompt at the dearest of its prices, the longest answer, and
     * the price for long prompts where that is more. Nothing where the price is not known.
     *
     * @param prompt the most tokens that the prompt can have
     * @param completion the most tokens that the answer can have
     */
    public static OptionalLong atMost(Model model, long prompt, long completion) {
        Price price = model.price();
        if (price == null) {
            return OptionalLong.empty();
        }
        long most = atMost(price, prompt, completion);
        Model.LongPrompt longPrompt = model.longPrompt();
        if (longPrompt != null && prompt > longPrompt.above()) {
            most = Math.max(most, atMost(longPrompt.price(), prompt, completion));
        }
        return OptionalLong.of(most);
    }

    private static long atMost(Price price, long prompt, long completion) {
        long dearest = Math.max(price.input(), Math.max(price.cachedInput(), price.cacheWrite()));
        return rounded(times(prompt, dearest).add(times(completion, price.output())));
    }

    private static BigInteger times(long tokens, long price) {
        return BigInteger.valueOf(tokens).multiply(BigInteger.valueOf(price));
    }

    private static long rounded(BigInteger millionths) {
        BigInteger[] parts = millionths.divideAndRemainder(MILLION);
        BigInteger whole = parts[1].signum() == 0 ? parts[0] : parts[0].add(BigInteger.ONE);
        return whole.min(MOST).longValueExact();
    }
}
