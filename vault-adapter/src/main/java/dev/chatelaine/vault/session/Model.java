package dev.chatelaine.vault.session;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.llm.Recipient;
import dev.chatelaine.vault.provider.Catalog;
import dev.chatelaine.vault.provider.EndpointPolicy;
import dev.chatelaine.vault.provider.KeyFormat;
import dev.chatelaine.vault.provider.Provider;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A session's model, looked up in the catalogue.
 *
 * @param choice what was asked for, the vendor by its id and the address in its normal form
 * @param provider whose it is
 * @param endpoint where it is reached
 */
record Model(ModelChoice choice, Provider provider, URI endpoint) {

    /**
     * Looks it up.
     *
     * @throws VaultException {@code provider_unknown} of {@code llm.vendor}; {@code base_url_required}, {@code
     *     base_url_refused}, {@code value_in_wrong_field} of {@code llm.base_url}
     */
    static Model of(ModelChoice asked, Catalog catalog, EndpointPolicy endpoints) {
        try {
            Recipient recipient = Recipient.of(asked.vendor(), asked.baseUrl(), catalog, endpoints);
            ModelChoice choice =
                    new ModelChoice(recipient.provider().id().value(), asked.model(), text(recipient.baseUrl()));
            return new Model(choice, recipient.provider(), recipient.endpoint());
        } catch (VaultException e) {
            throw e.withField(e.code() == ErrorCode.PROVIDER_UNKNOWN ? "llm.vendor" : "llm.base_url");
        }
    }

    boolean needsKey() {
        return provider.keyFormat().kind() != KeyFormat.Kind.ANY;
    }

    VaultException keyMissing() {
        return new VaultException(
                        ErrorCode.LLM_KEY_MISSING,
                        "There is no key for {}: neither has the tenant one of its own, nor do the bundles have"
                                + " LLM_API_KEY. Nothing was started. Store the tenant's key, or put it into a bundle.",
                        provider.displayName())
                .withField("llm");
    }

    private static @Nullable String text(@Nullable URI url) {
        return url == null ? null : url.toString();
    }
}
