package dev.chatelaine.vault.secret;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.Permission;
import dev.chatelaine.vault.provider.KnownKeyShapes;
import dev.chatelaine.vault.provider.ProviderKeys;
import java.util.regex.Pattern;

/**
 * A secret's name, or its id where one is looked up: 1 to 128 ASCII letters, digits, {@code _}, {@code .} and
 * {@code -}, beginning with a letter or a digit.
 *
 * @param value the name
 */
public record SecretName(String value) {
    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,127}");

    /**
     * Checks the name.
     *
     * @throws VaultException {@code invalid_name}
     */
    public SecretName {
        if (!SHAPE.matcher(value).matches()) {
            throw new VaultException(
                            ErrorCode.INVALID_NAME,
                            "A secret's name is 1 to 128 letters, digits, _, . and -, and begins with a letter or a"
                                    + " digit. Choose such a name, for example stripe_api_key.")
                    .withField("name");
        }
    }

    /**
     * The name that somebody gave, which must not look like a key itself.
     *
     * @throws VaultException {@code invalid_name}, {@code value_in_wrong_field}
     */
    public static SecretName of(String given) {
        SecretName name = new SecretName(given);
        if (KnownKeyShapes.containsKey(given)) {
            throw new VaultException(
                            ErrorCode.VALUE_IN_WRONG_FIELD,
                            "The name looks like a key itself. Nothing was stored. Choose a name that says what the key"
                                    + " is for, and rotate the key if it was shown to anybody.")
                    .withField("name");
        }
        return name;
    }

    /** Whether this is the name of a tenant's own LLM provider key. */
    public boolean isProviderKey() {
        return ProviderKeys.isProviderKeyName(value);
    }

    /** What it takes to store, change or delete a secret of this name. */
    public Permission toWrite() {
        return isProviderKey() ? Permission.KEYS_MANAGE : Permission.SECRETS_WRITE;
    }

    @Override
    public String toString() {
        return value;
    }
}
