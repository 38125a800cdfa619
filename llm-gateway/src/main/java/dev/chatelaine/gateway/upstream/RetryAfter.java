package dev.chatelaine.gateway.upstream;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/**
 * How long a provider asks to wait: {@code Retry-After} in seconds or as a date (RFC 9110, section 10.2.3), or OpenAI's
 * {@code retry-after-ms}. What cannot be read is as if it had not been said.
 */
final class RetryAfter {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final Pattern DECIMAL = Pattern.compile("([0-9]{1,9})\\.[0-9]+");
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT);

    private RetryAfter() {}

    static @Nullable Duration of(HttpFields fields, Clock clock) {
        String millis = fields.get("retry-after-ms");
        if (millis != null && NUMBER.matcher(millis.strip()).matches()) {
            return Duration.ofMillis(Long.parseLong(millis.strip()));
        }
        String value = fields.get("retry-after");
        return value == null ? null : parse(value.strip(), clock);
    }

    private static @Nullable Duration parse(String value, Clock clock) {
        if (NUMBER.matcher(value).matches()) {
            return Duration.ofSeconds(Long.parseLong(value));
        }
        var decimal = DECIMAL.matcher(value);
        if (decimal.matches()) {
            return Duration.ofSeconds(Long.parseLong(decimal.group(1)) + 1);
        }
        try {
            Duration until = Duration.between(
                    clock.instant(), ZonedDateTime.parse(value, HTTP_DATE).toInstant());
            return until.isNegative() ? Duration.ZERO : until;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
