package dev.chatelaine.gateway.money;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The tokens of one request.
 *
 * @param prompt all tokens of the prompt
 * @param cached those of them that the provider had cached
 * @param cacheWrite those of them that it put into its cache
 * @param completion the tokens of the answer, reasoning included
 */
public record Usage(long prompt, long cached, long cacheWrite, long completion) {
    /** Nothing used. */
    public static final Usage NONE = new Usage(0, 0, 0, 0);

    private static final long MOST = 1L << 40;

    /** Checks that nothing is negative and that the prompt is not less than its parts. */
    public Usage {
        if (cached < 0 || cacheWrite < 0 || completion < 0 || prompt - cached < cacheWrite) {
            throw new IllegalArgumentException("Tokens are 0 or more, and a prompt's parts are not more than it");
        }
    }

    /**
     * What a provider says, in the shape of OpenAI's {@code usage} and its relatives', or null where it says nothing of
     * use. A count that is missing, negative or absurd is put right in the provider's favour: parts are cut to the
     * prompt. Where the total is more than prompt and answer, what is more is of the answer: xAI and Google count there,
     * and only there, what a model thought, which is charged as the answer is.
     */
    public static @Nullable Usage fromChat(JsonNode usage) {
        if (!usage.path("prompt_tokens").isNumber()
                && !usage.path("completion_tokens").isNumber()) {
            return null;
        }
        JsonNode details = usage.path("prompt_tokens_details");
        long prompt = count(usage.path("prompt_tokens"));
        long cached = Math.max(count(details.path("cached_tokens")), count(usage.path("prompt_cache_hit_tokens")));
        long completion = Math.max(count(usage.path("completion_tokens")), count(usage.path("total_tokens")) - prompt);
        return cut(prompt, cached, count(details.path("cache_write_tokens")), completion);
    }

    /** Counts of a provider, of which the parts of the prompt are cut to the prompt. */
    public static Usage cut(long prompt, long cached, long cacheWrite, long completion) {
        long read = Math.min(cached, prompt);
        return new Usage(prompt, read, Math.min(cacheWrite, prompt - read), completion);
    }

    /** Tokens of prompt and answer together, as quotas count them. */
    public long total() {
        return prompt + completion;
    }

    /** A count of a provider: 0 where there is none, and at most 2^40, which no request has. */
    public static long count(JsonNode number) {
        return number.isNumber() ? (long) Math.min(Math.max(number.asDouble(0), 0), MOST) : 0;
    }
}
