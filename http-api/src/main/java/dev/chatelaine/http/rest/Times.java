package dev.chatelaine.http.rest;

import dev.chatelaine.http.json.FieldNames;
import dev.chatelaine.http.problem.ProblemException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Times as RFC 3339 writes them. */
final class Times {
    private static final DateTimeFormatter MILLISECONDS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Times() {}

    /** In UTC, with milliseconds. */
    static String text(Instant moment) {
        return MILLISECONDS.format(moment);
    }

    static @Nullable String textOrNull(@Nullable Instant moment) {
        return moment == null ? null : text(moment);
    }

    /**
     * The moment that a parameter names, in any offset.
     *
     * @throws ProblemException {@code invalid_field}
     */
    static @Nullable Instant parse(String field, @Nullable String given) {
        if (given == null) {
            return null;
        }
        try {
            Instant moment = OffsetDateTime.parse(given).toInstant();
            long year = moment.atOffset(ZoneOffset.UTC).getYear();
            if (year >= 0 && year <= 9999) {
                return moment;
            }
        } catch (DateTimeParseException e) {
            throw refused(field).causedBy(e);
        }
        throw refused(field);
    }

    private static ProblemException refused(String field) {
        return FieldNames.refused(field, "This is a time like 2026-11-22T09:30:00Z.");
    }
}
