package dev.chatelaine.mcp.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** Always the highest number that may come. */
    private static RandomGenerator highest() {
        return new Random() {
            private static final long serialVersionUID = 1L;

            @Override
            public long nextLong(long bound) {
                return bound - 1;
            }
        };
    }

    @Test
    void theBoundDoublesUpToItsHighestAndBeginsAnewAfterSuccess() {
        Backoff backoff = new Backoff(FIRST, LONGEST, highest());
        for (long bound : new long[] {500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000}) {
            assertThat(backoff.next()).hasMillis(bound);
        }
        for (int i = 0; i < 100; i++) {
            assertThat(backoff.next()).hasMillis(30_000);
        }
        backoff.reset();
        assertThat(backoff.next()).hasMillis(500);
    }

    @Test
    void waitsAreSpreadOverAllOfTheTime() {
        Backoff backoff = new Backoff(LONGEST, LONGEST, new Random(3));
        List<Long> waits =
                Stream.generate(() -> backoff.next().toMillis()).limit(400).toList();
        assertThat(waits)
                .allMatch(wait -> wait >= 0 && wait <= 30_000)
                .anyMatch(wait -> wait < 3_000)
                .anyMatch(wait -> wait > 27_000);
    }
}
