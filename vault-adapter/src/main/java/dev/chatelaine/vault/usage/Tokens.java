package dev.chatelaine.vault.usage;

/**
 * Tokens of one request, or of many. Providers' counts are taken as they come: a negative one is 0.
 *
 * @param prompt of the prompt, cached ones among them
 * @param completion of the answer
 * @param cached of the prompt, which the provider had cached
 */
public record Tokens(long prompt, long completion, long cached) {
    /** None. */
    public static final Tokens NONE = new Tokens(0, 0, 0);

    public Tokens {
        prompt = Math.max(prompt, 0);
        completion = Math.max(completion, 0);
        cached = Math.max(cached, 0);
    }

    /** Prompt and answer, which is what a quota counts; no more than a {@code long} holds. */
    public long whole() {
        return Long.MAX_VALUE - prompt < completion ? Long.MAX_VALUE : prompt + completion;
    }

    /** The same, with no count above the bound. */
    Tokens atMost(long bound) {
        return new Tokens(Math.min(prompt, bound), Math.min(completion, bound), Math.min(cached, bound));
    }
}
