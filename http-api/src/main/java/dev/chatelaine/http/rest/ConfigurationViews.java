package dev.chatelaine.http.rest;

import dev.chatelaine.vault.llm.InEffect;
import dev.chatelaine.vault.llm.LlmConfiguration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** LLM configurations as documents, in the shape that the tools have too. */
final class ConfigurationViews {
    private ConfigurationViews() {}

    static Map<String, Object> configuration(LlmConfiguration configuration) {
        LlmConfiguration.OwnKey key = configuration.key();
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", configuration.id());
        view.put("name", configuration.name().value());
        view.put("provider", configuration.provider().value());
        view.put("model", configuration.model().value());
        view.put(
                "base_url",
                configuration.baseUrl() == null ? null : configuration.baseUrl().toString());
        view.put("fallbacks", configuration.fallbacks().models());
        view.put("has_key", key != null);
        view.put("key_hint", key == null ? null : key.hint());
        view.put("key_status", key == null ? "none" : key.status().label());
        view.put("is_default", configuration.isDefault());
        view.put("created_at", Times.text(configuration.createdAt()));
        view.put("updated_at", Times.text(configuration.updatedAt()));
        return view;
    }

    /** With whether it is the one that is used where none is named. */
    static Map<String, Object> configuration(LlmConfiguration configuration, @Nullable InEffect inEffect) {
        Map<String, Object> view = configuration(configuration);
        view.put("in_effect", inEffect != null && inEffect.name().equals(configuration.name()));
        return view;
    }

    static @Nullable Map<String, Object> inEffect(@Nullable InEffect inEffect) {
        return inEffect == null
                ? null
                : Map.of(
                        "name",
                        inEffect.name().value(),
                        "reason",
                        inEffect.reason().label());
    }

    static Map<String, Object> key(LlmConfiguration configuration) {
        LlmConfiguration.OwnKey key = configuration.key();
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("has_key", key != null);
        if (key != null) {
            view.put("key_hint", key.hint());
        }
        return view;
    }
}
