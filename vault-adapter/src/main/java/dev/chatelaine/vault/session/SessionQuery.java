package dev.chatelaine.vault.session;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import org.jspecify.annotations.Nullable;

/**
 * Which sessions to list, the newest first.
 *
 * @param status only these, or null for all
 * @param limit at most so many, 1 to 200
 * @param cursor where the page before ended, or null for the first
 */
public record SessionQuery(
        @Nullable SessionStatus status, int limit, @Nullable String cursor) {
    /** The limit where none is asked for. */
    public static final int DEFAULT_LIMIT = 50;

    private static final int MOST = 200;

    /**
     * Checks the limit.
     *
     * @throws VaultException {@code invalid_field}
     */
    public SessionQuery {
        if (limit < 1 || limit > MOST) {
            throw new VaultException(ErrorCode.INVALID_FIELD, "The limit is a whole number from 1 to 200.")
                    .withField("limit");
        }
    }

    /** All of them, first page. */
    public static SessionQuery all() {
        return new SessionQuery(null, DEFAULT_LIMIT, null);
    }
}
