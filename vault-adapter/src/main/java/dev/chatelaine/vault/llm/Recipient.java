package dev.chatelaine.vault.llm;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.provider.Catalog;
import dev.chatelaine.vault.provider.EndpointPolicy;
import dev.chatelaine.vault.provider.KnownKeyShapes;
import dev.chatelaine.vault.provider.Provider;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Who would be sent a model's key.
 *
 * @param provider the provider
 * @param baseUrl the base URL that was asked for, or null for the provider's usual one
 */
public record Recipient(Provider provider, @Nullable URI baseUrl) {

    /**
     * The recipient that a provider and a base URL name.
     *
     * @throws VaultException {@code provider_unknown}, {@code base_url_required}, {@code base_url_refused}, {@code
     *     value_in_wrong_field} for a base URL with a key in it
     */
    public static Recipient of(String provider, @Nullable String baseUrl, Catalog catalog, EndpointPolicy endpoints) {
        Provider known = catalog.provider(provider);
        URI checked = baseUrl == null ? null : endpoints.check(withoutKey(baseUrl));
        if (checked == null && known.baseUrl() == null) {
            throw new VaultException(
                            ErrorCode.BASE_URL_REQUIRED,
                            "The provider {} has no base URL of its own. Give base_url.",
                            known.id())
                    .withField("base_url");
        }
        return new Recipient(known, checked);
    }

    private static String withoutKey(String baseUrl) {
        if (KnownKeyShapes.containsKey(baseUrl)) {
            throw new VaultException(
                            ErrorCode.VALUE_IN_WRONG_FIELD,
                            "The base URL has something in it that looks like a key. Nothing was stored. Leave it out;"
                                    + " a key is set apart, with set_key.")
                    .withField("base_url");
        }
        return baseUrl;
    }

    /** Where requests go. */
    public URI endpoint() {
        URI usual = provider.baseUrl();
        if (baseUrl != null) {
            return baseUrl;
        }
        if (usual == null) {
            throw new IllegalStateException("a recipient has an endpoint");
        }
        return usual;
    }

    /** Whether a key that was entered for the other may be sent to this one: the same provider on the same host. */
    boolean isSameAs(Recipient other) {
        return provider.id().equals(other.provider.id()) && origin().equals(other.origin());
    }

    private String origin() {
        URI url = endpoint();
        return url.getScheme() + "://" + url.getRawAuthority();
    }
}
