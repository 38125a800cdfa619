package dev.chatelaine.vault.llm;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A configuration to be made.
 *
 * @param name its name
 * @param provider the provider's id or alias
 * @param model the model
 * @param baseUrl where the provider is reached, or null for its usual place
 * @param fallbacks what is asked when the model cannot answer
 * @param makeDefault whether it becomes the tenant's default
 */
public record NewConfiguration(
        ConfigurationName name,
        String provider,
        ModelName model,
        @Nullable String baseUrl,
        List<String> fallbacks,
        boolean makeDefault) {

    /**
     * Checks that no key strayed into the name or the model.
     *
     * @throws dev.chatelaine.vault.VaultException {@code value_in_wrong_field}
     */
    public NewConfiguration {
        name = ConfigurationName.of(name.value());
        model = ModelName.of(model.value());
        fallbacks = List.copyOf(fallbacks);
    }
}
