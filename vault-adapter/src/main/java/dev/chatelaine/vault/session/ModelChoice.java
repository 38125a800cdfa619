package dev.chatelaine.vault.session;

import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.llm.ModelName;
import org.jspecify.annotations.Nullable;

/**
 * The model that a session uses.
 *
 * @param vendor a provider's id, or, where it is asked for, an alias
 * @param model the model as the provider names it
 * @param baseUrl where the provider is reached; null for its usual place
 */
public record ModelChoice(
        String vendor, ModelName model, @Nullable String baseUrl) {

    /**
     * What somebody asked for; the field at fault is {@code llm.model}; the others are checked
     * when the session is started.
     *
     * @throws VaultException {@code invalid_field}, {@code value_in_wrong_field}
     */
    public static ModelChoice of(String vendor, String model, @Nullable String baseUrl) {
        try {
            return new ModelChoice(vendor, ModelName.of(model), baseUrl);
        } catch (VaultException e) {
            throw e.withField("llm.model");
        }
    }
}
