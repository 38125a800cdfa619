package dev.chatelaine.vault.llm;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.provider.KnownKeyShapes;
import java.util.regex.Pattern;

/**
 * A model as its provider names it: 1 to 200 printable ASCII characters without white space. Whether the provider has
 * it is the provider's to say.
 *
 * @param value the name
 */
public record ModelName(String value) {
    private static final Pattern SHAPE = Pattern.compile("[\\x21-\\x7E]{1,200}");

    /**
     * Checks the name.
     *
     * @throws VaultException {@code invalid_field}
     */
    public ModelName {
        if (!SHAPE.matcher(value).matches()) {
            throw new VaultException(
                            ErrorCode.INVALID_FIELD,
                            "A model is 1 to 200 printable ASCII characters without spaces, for example gpt-4.1-mini.")
                    .withField("model");
        }
    }

    /**
     * The model that somebody gave, which must not look like a key.
     *
     * @throws VaultException {@code invalid_field}, {@code value_in_wrong_field}
     */
    public static ModelName of(String given) {
        ModelName model = new ModelName(given);
        if (KnownKeyShapes.containsKey(given)) {
            throw new VaultException(
                            ErrorCode.VALUE_IN_WRONG_FIELD,
                            "The model looks like a key. Nothing was stored. A key is set apart, with set_key.")
                    .withField("model");
        }
        return model;
    }
}
