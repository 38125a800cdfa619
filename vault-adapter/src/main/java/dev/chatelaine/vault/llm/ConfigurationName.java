package dev.chatelaine.vault.llm;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.provider.KnownKeyShapes;
import java.util.regex.Pattern;

/**
 * An LLM configuration's name, or its id where one is looked up: 1 to 128 ASCII letters, digits, {@code _}, {@code .}
 * and {@code -}, beginning with a letter or a digit; never {@code default}, which means whichever is in effect.
 *
 * @param value the name
 */
public record ConfigurationName(String value) {
    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,127}");

    /**
     * Checks the name.
     *
     * @throws VaultException {@code invalid_name}
     */
    public ConfigurationName {
        if (!SHAPE.matcher(value).matches() || value.equalsIgnoreCase("default")) {
            throw new VaultException(
                            ErrorCode.INVALID_NAME,
                            "A configuration's name is 1 to 128 letters, digits, _, . and -, begins with a letter or a"
                                    + " digit, and is not `default`. Choose such a name, for example chat.")
                    .withField("name");
        }
    }

    /**
     * The name that somebody gave, which must not look like a key.
     *
     * @throws VaultException {@code invalid_name}, {@code value_in_wrong_field}
     */
    public static ConfigurationName of(String given) {
        ConfigurationName name = new ConfigurationName(given);
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
