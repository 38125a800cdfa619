package dev.chatelaine.vault.bundle;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.provider.KnownKeyShapes;
import java.util.regex.Pattern;

/**
 * A bundle's name: 1 to 63 lower-case letters, digits and {@code -}, beginning with a letter or a digit.
 *
 * @param value the name
 */
public record BundleName(String value) implements Comparable<BundleName> {
    private static final Pattern SHAPE = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    /**
     * Checks the name.
     *
     * @throws VaultException {@code invalid_name}
     */
    public BundleName {
        if (!SHAPE.matcher(value).matches()) {
            throw new VaultException(
                            ErrorCode.INVALID_NAME,
                            "A bundle's name is 1 to 63 lower-case letters, digits and -, and begins with a letter or a"
                                    + " digit. Choose such a name, for example github-bot.")
                    .withField("name");
        }
    }

    /**
     * The name that somebody gave, which must not look like a key itself.
     *
     * @throws VaultException {@code invalid_name}, {@code value_in_wrong_field}
     */
    public static BundleName of(String given) {
        BundleName name = new BundleName(given);
        if (KnownKeyShapes.containsKey(given)) {
            throw new VaultException(
                            ErrorCode.VALUE_IN_WRONG_FIELD,
                            "The name looks like a key itself. Nothing was stored. Choose a name that says what the"
                                    + " bundle is for, and rotate the key if it was shown to anybody.")
                    .withField("name");
        }
        return name;
    }

    @Override
    public int compareTo(BundleName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
