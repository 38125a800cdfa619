package dev.chatelaine.vault.usage;

import org.jspecify.annotations.Nullable;

/**
 * How a request ended. Counts and costs above {@link Ledger#MOST} are taken as that.
 *
 * @param status the HTTP status that the caller got; 499 for one who had gone
 * @param attempts how many requests went out to providers
 * @param tokens what was used
 * @param microUsd what that cost; null where the price is not known, and then a reserved cost is taken as used up
 * @param latencyMillis from the request to the end of its answer
 * @param firstByteMillis from the request to the answer's first byte; null where there was none
 * @param streamed whether the answer was a stream
 * @param estimated whether tokens were counted here, because the provider did not say
 */
public record Outcome(
        int status,
        int attempts,
        Tokens tokens,
        @Nullable Long microUsd,
        long latencyMillis,
        @Nullable Long firstByteMillis,
        boolean streamed,
        boolean estimated) {
    public Outcome {
        attempts = Math.max(0, attempts);
        tokens = tokens.atMost(Ledger.MOST);
        microUsd = microUsd == null ? null : Long.valueOf(Math.max(0, Math.min(microUsd, Ledger.MOST)));
        latencyMillis = Math.max(0, latencyMillis);
        firstByteMillis = firstByteMillis == null ? null : Long.valueOf(Math.max(0, firstByteMillis));
    }
}
