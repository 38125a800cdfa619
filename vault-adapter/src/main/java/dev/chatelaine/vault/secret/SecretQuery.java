package dev.chatelaine.vault.secret;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which secrets to list, by name.
 *
 * @param category only these, or null for all
 * @param text only those whose name or description contains it, whatever its case; null for all
 * @param includeDeleted deleted ones too
 * @param limit at most so many, 1 to 200
 * @param cursor where the page before ended, or null for the first
 */
public record SecretQuery(
        @Nullable Category category,
        @Nullable String text,
        boolean includeDeleted,
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
    public SecretQuery {
        if (limit < 1 || limit > MOST) {
            throw new VaultException(ErrorCode.INVALID_FIELD, "The limit is a whole number from 1 to 200.")
                    .withField("limit");
        }
    }

    /** Whether a secret's name or description has the text in it. */
    boolean finds(SecretMetadata secret) {
        return text == null
                || folded(secret.name().value()).contains(folded(text))
                || folded(secret.description().text()).contains(folded(text));
    }

    /** Letter by letter at last, for the lower case of a text depends on where its words end. */
    private static String folded(String mixed) {
        int[] points = mixed.toUpperCase(Locale.ROOT)
                .codePoints()
                .map(Character::toLowerCase)
                .toArray();
        return new String(points, 0, points.length);
    }

    /** Everything that lives, first page. */
    public static SecretQuery all() {
        return new SecretQuery(null, null, false, DEFAULT_LIMIT, null);
    }
}
