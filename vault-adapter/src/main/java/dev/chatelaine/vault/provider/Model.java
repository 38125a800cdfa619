package dev.chatelaine.vault.provider;

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
 */
public record Model(
        ProviderId provider,
        String name,
        Tier tier,
        @Nullable Long context,
        @Nullable Long maxOutput,
        @Nullable Price price) {

    /** The model as it is written in the catalogue and in requests: {@code openai/gpt-4.1-mini}. */
    public String id() {
        return provider + "/" + name;
    }

    /**
     * Prices in micro-USD for a million tokens, each 0 or more.
     *
     * @param input tokens of a prompt
     * @param cachedInput tokens of a prompt that the provider had cached; as {@code input} where nothing else is known
     * @param output tokens of an answer
     */
    public record Price(long input, long cachedInput, long output) {
        public Price {
            if (input < 0 || cachedInput < 0 || output < 0) {
                throw new IllegalArgumentException("Prices are 0 or more");
            }
        }
    }
}
