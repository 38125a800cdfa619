package dev.chatelaine.gateway.call;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/**
 * Trying again what failed because the database could not be reached: after pauses that double up to the longest, and after
 * the shortest once there is no more time for others. Safe for several threads.
 */
final class Persistence {
    static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    /** So often that it is tried through the longest deadline. */
    private static final long TRIES = 200;

    private final Scheduler timer;
    private final Sinks.Empty<Void> hurry = Sinks.empty();

    /** With pauses on this timer. */
    Persistence(Scheduler timer) {
        this.timer = timer;
    }

    /** From now on, and for pauses under way, the pause is the shortest. */
    void hurry() {
        hurry.tryEmitEmpty();
    }

    /** Of one work; what fails otherwise, or too often, fails with its own failure. */
    Retry retry() {
        return Retry.from(failures -> failures.concatMap(this::pause));
    }

    private Mono<Long> pause(Retry.RetrySignal failed) {
        if (!isAway(failed.failure()) || failed.totalRetries() >= TRIES) {
            return Mono.error(failed.failure());
        }
        Mono<Long> hurried = hurry.asMono().then(Mono.delay(FIRST_PAUSE, timer));
        return Mono.firstWithSignal(Mono.delay(usual(failed.totalRetries()), timer), hurried);
    }

    private static Duration usual(long retries) {
        Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(retries, 20));
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }

    private static boolean isAway(Throwable failure) {
        return failure instanceof VaultException refused && refused.code() == ErrorCode.VAULT_UNAVAILABLE;
    }
}
