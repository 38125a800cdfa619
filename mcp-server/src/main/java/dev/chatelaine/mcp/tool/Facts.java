package dev.chatelaine.mcp.tool;

import dev.chatelaine.vault.verify.VerificationStatus;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How single facts are written, in structured content and in text. */
final class Facts {
    /** RFC 3339, always with three decimals, so that two times compare as texts. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Facts() {}

    static String time(Instant time) {
        return TIME.format(time);
    }

    static @Nullable String timeOrNull(@Nullable Instant time) {
        return time == null ? null : time(time);
    }

    /** {@code never used} or {@code used 2026-…}. */
    static String since(String what, @Nullable Instant time) {
        return time == null ? "never " + what : what + " " + time(time);
    }

    /** {@code ends in …9f3c} or, for a value too short to show any of it, {@code no hint}. */
    static String hint(@Nullable String hint) {
        return hint == null ? "no hint" : "ends in …" + hint;
    }

    /** Somebody's words in quotation marks, on one line, so that they are not taken for the server's. */
    static String quoted(String words) {
        StringBuilder quoted = new StringBuilder("\"");
        words.codePoints()
                .map(point -> Character.isISOControl(point) || point == 0x2028 || point == 0x2029 ? ' ' : point)
                .forEach(point -> {
                    if (point == '"' || point == '\\') {
                        quoted.append('\\');
                    }
                    quoted.appendCodePoint(point);
                });
        return quoted.append('"').toString();
    }

    /** What a provider said of the key of something. */
    static String verdict(String quotedName, VerificationStatus status) {
        return switch (status) {
            case VALID -> "The key of " + quotedName + " is valid: its provider accepted it.";
            case INVALID ->
                "The key of " + quotedName + " is invalid: its provider refused it. The person should enter a new one.";
            case UNREACHABLE ->
                "The key of " + quotedName
                        + " was not checked, its provider is unreachable. Nothing is known of it; try again later.";
            case UNSUPPORTED -> "The key of " + quotedName + " was not checked: asking its provider is unsupported.";
        };
    }
}
