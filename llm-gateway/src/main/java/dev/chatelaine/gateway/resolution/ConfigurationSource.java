package dev.chatelaine.gateway.resolution;

import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.llm.LlmConfiguration;
import java.util.Optional;

/** A port: a tenant's LLM configurations, as they are at the moment. May block; safe for several threads. */
public interface ConfigurationSource {
    /**
     * The configuration of this name or id. A text that is no such name is the name of none.
     *
     * @throws dev.chatelaine.vault.VaultException {@code permission_denied}, {@code vault_unavailable}
     */
    Optional<LlmConfiguration> find(Actor actor, String nameOrId);

    /**
     * The configuration in effect by default.
     *
     * @throws dev.chatelaine.vault.VaultException {@code permission_denied}, {@code vault_unavailable}
     */
    Optional<LlmConfiguration> inEffect(Actor actor);
}
