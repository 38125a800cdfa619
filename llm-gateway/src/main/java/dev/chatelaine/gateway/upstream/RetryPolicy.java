package dev.chatelaine.gateway.upstream;

import dev.chatelaine.gateway.failure.Reaction;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Whether and when the same is asked again: after as long as the provider said, else after a pause that doubles each
 * time, of which a random half is left out so that not everybody comes back at once. Never beyond the deadline.
 */
public final class RetryPolicy {
    private final int retries;
    private final Duration base;
    private final Duration longest;
    private final RandomGenerator random;

    /**
     * A policy.
     *
     * @param retries how often the same is asked again, at most
     * @param base the first pause
     * @param longest the longest pause that the provider did not ask for
     */
    public RetryPolicy(int retries, Duration base, Duration longest, RandomGenerator random) {
        if (retries < 0 || base.isNegative() || longest.compareTo(base) < 0) {
            throw new IllegalArgumentException(
                    "Retries and pauses are 0 or more, and no pause is longer than the longest");
        }
        this.retries = retries;
        this.base = base;
        this.longest = longest;
        this.random = random;
    }

    /** Two more times, after half a second and a second, or as long as the provider says. */
    public static RetryPolicy usual(RandomGenerator random) {
        return new RetryPolicy(2, Duration.ofMillis(500), Duration.ofSeconds(8), random);
    }

    /**
     * How long to wait before asking again; nothing where it is not asked again.
     *
     * @param retry how often it was asked again already
     */
    Optional<Duration> pause(UpstreamException failure, int retry, Deadline deadline) {
        if (failure.category().reaction() != Reaction.RETRY || retry >= retries) {
            return Optional.empty();
        }
        Duration pause = failure.retryAfter() == null ? backOff(retry) : failure.retryAfter();
        return pause.compareTo(deadline.remaining()) < 0 ? Optional.of(pause) : Optional.empty();
    }

    private Duration backOff(int retry) {
        long doubled = Math.min(longest.toNanos(), base.toNanos() << Math.min(retry, 20));
        return Duration.ofNanos(doubled - (long) (random.nextDouble() * doubled / 2));
    }
}
