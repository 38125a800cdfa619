package dev.chatelaine.vault.secret;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.provider.KnownKeyShapes;

/**
 * What a person wrote about a secret.
 *
 * @param text up to 500 characters (code points)
 */
public record Description(String text) {
    /** No description. */
    public static final Description NONE = new Description("");

    private static final int LONGEST = 500;

    /**
     * Checks the text.
     *
     * @throws VaultException {@code invalid_field}
     */
    public Description {
        if (text.codePointCount(0, text.length()) > LONGEST || text.indexOf('\0') >= 0 || !wellFormed(text)) {
            throw new VaultException(
                            ErrorCode.INVALID_FIELD,
                            "A description is text of up to 500 characters, without NUL and halves of characters. Shorten or"
                                    + " correct it.")
                    .withField("description");
        }
    }

    /** Half a surrogate pair would come back from the database as something else. */
    private static boolean wellFormed(String text) {
        return text.codePoints().noneMatch(point -> Character.getType(point) == Character.SURROGATE);
    }

    /**
     * The description that somebody gave, which must not hold a key.
     *
     * @throws VaultException {@code invalid_field}, {@code value_in_wrong_field}
     */
    public static Description of(String given) {
        Description description = new Description(given);
        if (KnownKeyShapes.containsKey(given)) {
            throw new VaultException(
                            ErrorCode.VALUE_IN_WRONG_FIELD,
                            "The description holds something that looks like a key. Nothing was stored. Leave the key"
                                    + " out of the description, and rotate it if it was shown to anybody.")
                    .withField("description");
        }
        return description;
    }
}
