package dev.chatelaine.vault.secret;

import dev.chatelaine.vault.crypto.SecretValue;
import org.jspecify.annotations.Nullable;

/**
 * A secret to be stored.
 *
 * @param name its name
 * @param category what it is for; null for the name's own ({@code llm_provider} or {@code api_key})
 * @param description what it is
 * @param value what it hides
 */
public record NewSecret(SecretName name, @Nullable Category category, Description description, SecretValue value) {

    /**
     * Checks that no key strayed into the name or the description.
     *
     * @throws dev.chatelaine.vault.VaultException {@code value_in_wrong_field}
     */
    public NewSecret {
        name = SecretName.of(name.value());
        description = Description.of(description.text());
    }
}
