package dev.chatelaine.gateway.call;

import dev.chatelaine.gateway.resolution.ConfigurationSource;
import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.llm.ConfigurationList;
import dev.chatelaine.vault.llm.ConfigurationName;
import dev.chatelaine.vault.llm.LlmConfiguration;
import dev.chatelaine.vault.llm.LlmConfigurations;
import java.util.Optional;

/** The vault's LLM configurations. */
final class VaultConfigurations implements ConfigurationSource {
    private final LlmConfigurations configurations;

    VaultConfigurations(LlmConfigurations configurations) {
        this.configurations = configurations;
    }

    @Override
    public Optional<LlmConfiguration> find(Actor actor, String nameOrId) {
        try {
            return Optional.of(configurations.get(actor, new ConfigurationName(nameOrId)));
        } catch (VaultException e) {
            if (e.code() == ErrorCode.CONFIG_NOT_FOUND || e.code() == ErrorCode.INVALID_NAME) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public Optional<LlmConfiguration> inEffect(Actor actor) {
        ConfigurationList list = configurations.list(actor);
        return list.configurations().stream().filter(list::isInEffect).findFirst();
    }
}
