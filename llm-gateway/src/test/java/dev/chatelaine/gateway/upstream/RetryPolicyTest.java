package dev.chatelaine.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.gateway.failure.FailureCategory;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final Deadline minute = Deadline.after(Duration.ofMinutes(1), nanos::get);
    private final RetryPolicy policy = new RetryPolicy(5, Duration.ofMillis(100), Duration.ofSeconds(1), new Random(7));

    @ParameterizedTest
    @CsvSource({"0, 50, 100", "1, 100, 200", "2, 200, 400", "4, 500, 1000"})
    void pausesDoubleUpToTheLongest(int retry, long least, long most) {
        for (int round = 0; round < 100; round++) {
            assertThat(policy.pause(failure(null), retry, minute))
                    .hasValueSatisfying(
                            pause -> assertThat(pause.toNanos()).isBetween(least * 1_000_000, most * 1_000_000));
        }
    }

    @Test
    void whatTheProviderSaysWins() {
        assertThat(policy.pause(failure(Duration.ofSeconds(59)), 0, minute)).contains(Duration.ofSeconds(59));
        assertThat(policy.pause(failure(Duration.ofSeconds(60)), 0, minute)).isEmpty();
        assertThat(policy.pause(failure(Duration.ZERO), 0, minute)).contains(Duration.ZERO);
    }

    @Test
    void afterTheLastRetryAndTheDeadlineThereIsNone() {
        assertThat(policy.pause(failure(null), 5, minute)).isEmpty();
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        assertThat(minute.hasPassed()).isTrue();
        assertThat(policy.pause(failure(Duration.ZERO), 0, minute)).isEmpty();
    }

    private static UpstreamException failure(@Nullable Duration retryAfter) {
        return new UpstreamException(FailureCategory.RATE_LIMITED, 429, retryAfter, null);
    }
}
