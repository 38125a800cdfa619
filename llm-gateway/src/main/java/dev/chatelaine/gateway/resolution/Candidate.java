package dev.chatelaine.gateway.resolution;

import dev.chatelaine.vault.llm.LlmConfiguration;
import dev.chatelaine.vault.provider.Model;
import dev.chatelaine.vault.provider.Provider;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * One model that may be asked.
 *
 * @param provider whose it is
 * @param model the model as the provider names it
 * @param endpoint where it is asked
 * @param configuration the configuration that names it, or null where the request does
 * @param known what the catalogue knows of it, or null
 */
public record Candidate(
        Provider provider,
        String model,
        URI endpoint,
        @Nullable LlmConfiguration configuration,
        @Nullable Model known) {

    /** The candidate as it is written: {@code openai/gpt-4.1-mini}. */
    public String id() {
        return provider.id() + "/" + model;
    }

    /**
     * Whether this is where the provider's own keys go: a key that was entered for the provider is sent nowhere that
     * only a configuration names.
     */
    boolean isAtHome() {
        URI usual = provider.baseUrl();
        return usual != null && origin(usual).equals(origin(endpoint));
    }

    /** Whether asking both would be asking the same with the same keys. */
    boolean isSameAs(Candidate other) {
        return id().equals(other.id())
                && endpoint.equals(other.endpoint)
                && ownKeyOf().equals(other.ownKeyOf());
    }

    private String ownKeyOf() {
        return configuration == null || configuration.key() == null ? "" : configuration.id();
    }

    private static String origin(URI url) {
        return url.getScheme() + "://" + url.getRawAuthority();
    }
}
