package dev.chatelaine.vault.gatewaykey;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import org.jspecify.annotations.Nullable;

/**
 * Which gateway keys to list, by name.
 *
 * @param limit at most so many, 1 to 200
 * @param cursor where the page before ended, or null for the first
 */
public record GatewayKeyQuery(int limit, @Nullable String cursor) {
    /** The limit where none is asked for. */
    public static final int DEFAULT_LIMIT = 50;

    private static final int MOST = 200;

    /**
     * Checks the limit.
     *
     * @throws VaultException {@code invalid_field}
     */
    public GatewayKeyQuery {
        if (limit < 1 || limit > MOST) {
            throw new VaultException(ErrorCode.INVALID_FIELD, "The limit is a whole number from 1 to 200.")
                    .withField("limit");
        }
    }

    /** The first page. */
    public static GatewayKeyQuery all() {
        return new GatewayKeyQuery(DEFAULT_LIMIT, null);
    }
}
