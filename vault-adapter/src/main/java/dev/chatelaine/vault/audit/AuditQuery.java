package dev.chatelaine.vault.audit;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which events to read, the newest first. What is null does not narrow.
 *
 * @param subject only this subject's
 * @param action only this action, such as {@code secret.create}
 * @param target only what was done to this name
 * @param from only from this moment on
 * @param to only before this moment
 * @param limit at most so many, 1 to 200
 * @param cursor where the page before ended
 */
public record AuditQuery(
        @Nullable String subject,
        @Nullable String action,
        @Nullable String target,
        @Nullable Instant from,
        @Nullable Instant to,
        int limit,
        @Nullable String cursor) {
    /** The limit where none is asked for. */
    public static final int DEFAULT_LIMIT = 50;

    private static final int MOST = 200;

    /**
     * Checks the limit.
     *
     * @throws VaultException {@code invalid_field}
     */
    public AuditQuery {
        if (limit < 1 || limit > MOST) {
            throw new VaultException(ErrorCode.INVALID_FIELD, "The limit is a whole number from 1 to 200.")
                    .withField("limit");
        }
    }

    /** The newest events, whatever they are. */
    public static AuditQuery newest() {
        return new AuditQuery(null, null, null, null, null, DEFAULT_LIMIT, null);
    }

    /**
     * The sequence before which the page begins.
     *
     * @throws VaultException {@code invalid_field} for a cursor that no page gave
     */
    long before() {
        if (cursor == null) {
            return Long.MAX_VALUE;
        }
        try {
            return Long.parseUnsignedLong(cursor, 36);
        } catch (NumberFormatException e) {
            throw new VaultException(
                            ErrorCode.INVALID_FIELD,
                            "The cursor is not one that a list gave. Use next_cursor as it was, or leave it out.")
                    .withField("cursor")
                    .causedBy(e);
        }
    }

    static String cursorAfter(AuditEvent last) {
        return Long.toUnsignedString(last.sequence(), 36);
    }
}
