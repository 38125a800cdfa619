package dev.chatelaine.vault.gatewaykey;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.provider.KnownKeyShapes;
import java.util.regex.Pattern;

/**
 * A gateway key's name, or its id where one is looked up: 1 to 128 ASCII letters, digits, {@code _}, {@code .} and {@code
 * -}, beginning with a letter or a digit.
 *
 * @param value the name
 */
public record GatewayKeyName(String value) {
    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,127}");

    /**
     * Checks the name.
     *
     * @throws VaultException {@code invalid_name}
     */
    public GatewayKeyName {
        if (!SHAPE.matcher(value).matches()) {
            throw new VaultException(
                            ErrorCode.INVALID_NAME,
                            "A gateway key's name is 1 to 128 letters, digits, _, . and -, and begins with a letter or"
                                    + " a digit. Choose such a name, for example batch-jobs.")
                    .withField("name");
        }
    }

    /**
     * The name that somebody gave, which must not look like a key.
     *
     * @throws VaultException {@code invalid_name}, {@code value_in_wrong_field}
     */
    public static GatewayKeyName of(String given) {
        GatewayKeyName name = new GatewayKeyName(given);
        if (KnownKeyShapes.containsKey(given)) {
            throw new VaultException(
                            ErrorCode.VALUE_IN_WRONG_FIELD,
                            "The name looks like a key. Nothing was stored. Choose another name, and rotate the key if"
                                    + " it was shown to anybody.")
                    .withField("name");
        }
        return name;
    }

    @Override
    public String toString() {
        return value;
    }
}
