package dev.chatelaine.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final Clock CLOCK = Clock.fixed(UpstreamFixture.NOW, ZoneOffset.UTC);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | PT0S",
                "120 | PT2M",
                " 7  | PT7S",
                "1.2 | PT2S",
                "Sun, 22 Nov 2026 08:01:00 GMT | PT1M",
                "Sun, 22 Nov 2026 07:00:00 GMT | PT0S"
            })
    void secondsAndDatesAreRead(String value, Duration wait) {
        assertThat(of("Retry-After", value)).isEqualTo(wait);
    }

    @Test
    void millisecondsAreReadAndWin() {
        HttpFields fields = HttpFields.build().put("retry-after-ms", "1500").put("retry-after", "9");

        assertThat(RetryAfter.of(fields, CLOCK)).isEqualTo(Duration.ofMillis(1_500));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "99999999999", "Sun, 40 Nov 2026 08:01:00 GMT", "1e3", "٣"})
    void whatCannotBeReadWasNotSaid(String value) {
        assertThat(of("Retry-After", value)).isNull();
    }

    private static @Nullable Duration of(String name, String value) {
        return RetryAfter.of(HttpFields.build().put(name, value), CLOCK);
    }
}
