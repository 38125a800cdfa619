package dev.chatelaine.vault.upstreamkey;

import dev.chatelaine.vault.llm.LlmConfiguration;
import dev.chatelaine.vault.provider.Provider;
import dev.chatelaine.vault.provider.ProviderId;

/** Which key a request is to be made with. */
public sealed interface KeyChoice {
    /**
     * The configuration's own.
     *
     * @param configuration as the request found it: the key goes only where that says
     */
    record OfConfiguration(LlmConfiguration configuration) implements KeyChoice {}

    /** The tenant's own for a provider. */
    record OfTenant(Provider provider) implements KeyChoice {}

    /** The platform's for a provider. */
    record OfPool(ProviderId provider) implements KeyChoice {}
}
