package dev.chatelaine.vault.llm;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to change of a configuration; what is null stays.
 *
 * @param name a new name
 * @param provider another provider's id or alias
 * @param model another model
 * @param baseUrl another base URL
 * @param fallbacks other fallbacks; empty for none
 */
public record ConfigurationChange(
        @Nullable ConfigurationName name,
        @Nullable String provider,
        @Nullable ModelName model,
        @Nullable String baseUrl,
        @Nullable List<String> fallbacks) {

    /**
     * Checks that there is something to change, and that no key strayed into the name or the model.
     *
     * @throws VaultException {@code invalid_field}, {@code value_in_wrong_field}
     */
    public ConfigurationChange {
        name = name == null ? null : ConfigurationName.of(name.value());
        model = model == null ? null : ModelName.of(model.value());
        fallbacks = fallbacks == null ? null : List.copyOf(fallbacks);
        if (name == null && provider == null && model == null && baseUrl == null && fallbacks == null) {
            throw new VaultException(
                    ErrorCode.INVALID_FIELD,
                    "There is nothing to change: give new_name, provider, model, base_url or fallbacks.");
        }
    }
}
