package dev.chatelaine.vault.llm;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All configurations of a tenant.
 *
 * @param configurations by name
 * @param inEffect which of them is used where none is named; null when there are none
 */
public record ConfigurationList(
        List<LlmConfiguration> configurations, @Nullable InEffect inEffect) {
    public ConfigurationList {
        configurations = List.copyOf(configurations);
    }

    /** Whether it is this one that is used where none is named. */
    public boolean isInEffect(LlmConfiguration configuration) {
        return inEffect != null && inEffect.name().equals(configuration.name());
    }
}
