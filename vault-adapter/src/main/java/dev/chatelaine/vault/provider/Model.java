package dev.chatelaine.vault.provider;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One model, as the catalogue knows it. Money is in micro-USD (millionths of a US dollar) for a million tokens.
 *
 * @param provider whose it is
 * @param name the name by which the provider knows it; may contain slashes
 * @param tier which plans' pool serves it
 * @param context the longest prompt and answer together, in tokens, where it is known
 * @param maxOutput the longest answer in tokens, where it is known
 * @param price what it costs; null where that is not known, which is not the same as free
 * @param longPrompt what it costs with a long prompt, where that is more
 * @param source where its price comes from, or null where nobody said
 * @param reasoning how it is told how hard to think, or null where that is not known
 * @param aliases other names by which the provider knows it, such as one with a date
 * @param quirks what it cannot take
 */
public record Model(
        ProviderId provider,
        String name,
        Tier tier,
        @Nullable Long context,
        @Nullable Long maxOutput,
        @Nullable Price price,
        @Nullable LongPrompt longPrompt,
        @Nullable PriceSource source,
        @Nullable Reasoning reasoning,
        Set<String> aliases,
        ModelQuirks quirks) {

    public Model {
        aliases = Collections.unmodifiableSet(new LinkedHashSet<>(aliases));
    }

    /** A model with one price, of which nobody said where it comes from. */
    public Model(
            ProviderId provider,
            String name,
            Tier tier,
            @Nullable Long context,
            @Nullable Long maxOutput,
            @Nullable Price price) {
        this(provider, name, tier, context, maxOutput, price, null, null, null, Set.of(), ModelQuirks.NONE);
    }

    /** The model as it is written in the catalogue and in requests: {@code openai/gpt-4.1-mini}. */
    public String id() {
        return provider + "/" + name;
    }

    /**
     * What a request costs whose prompt has so many tokens, cached ones included; null where that is not known.
     *
     * @param promptTokens 0 or more
     */
    public @Nullable Price price(long promptTokens) {
        return longPrompt != null && promptTokens > longPrompt.above() ? longPrompt.price() : price;
    }

    /**
     * Prices in micro-USD for a million tokens, each 0 or more.
     *
     * @param input tokens of a prompt
     * @param cachedInput tokens of a prompt that the provider had cached; as {@code input} where nothing else is known
     * @param output tokens of an answer
     * @param cacheWrite tokens of a prompt that the provider put into its cache; as {@code input} where nothing else is
     *     known
     */
    public record Price(long input, long cachedInput, long output, long cacheWrite) {
        public Price {
            if (input < 0 || cachedInput < 0 || output < 0 || cacheWrite < 0) {
                throw new IllegalArgumentException("Prices are 0 or more");
            }
        }

        /** Prices of a provider that asks nothing for putting a prompt into its cache. */
        public Price(long input, long cachedInput, long output) {
            this(input, cachedInput, output, input);
        }
    }

    /**
     * Prices of a request with a long prompt; they hold for all its tokens.
     *
     * @param above the most tokens that a prompt has which is not long
     * @param price what it costs then
     */
    public record LongPrompt(long above, Price price) {}
}
