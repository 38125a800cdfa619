package dev.chatelaine.vault.secret;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.crypto.SecretValue;
import org.jspecify.annotations.Nullable;

/**
 * What to change of a secret; what is null stays.
 *
 * @param value a new value, which becomes a version unless it is the present one
 * @param description a new description
 * @param category a new category
 */
public record SecretChange(
        @Nullable SecretValue value,
        @Nullable Description description,
        @Nullable Category category) {

    /**
     * Checks that there is something to change, and that no key strayed into the description.
     *
     * @throws VaultException {@code value_required}, {@code value_in_wrong_field}
     */
    public SecretChange {
        if (value == null && description == null && category == null) {
            throw new VaultException(
                            ErrorCode.VALUE_REQUIRED,
                            "There is nothing to change: give a value, a description or a category.")
                    .withField("value");
        }
        description = description == null ? null : Description.of(description.text());
    }
}
