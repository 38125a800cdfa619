package dev.chatelaine.vault.verify;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.llm.ConfigurationName;
import dev.chatelaine.vault.llm.LlmConfiguration;
import dev.chatelaine.vault.llm.LlmKeys;
import dev.chatelaine.vault.provider.Catalog;
import dev.chatelaine.vault.provider.KeyStatus;
import dev.chatelaine.vault.provider.Provider;
import dev.chatelaine.vault.provider.ProviderId;
import dev.chatelaine.vault.secret.SecretMetadata;
import dev.chatelaine.vault.secret.SecretName;
import dev.chatelaine.vault.secret.SecretUse;
import dev.chatelaine.vault.secret.Secrets;

/**
 * Asks providers about the keys in the vault and writes down what they say. Only {@code valid} and {@code invalid} are
 * written down: a provider that could not be asked has said nothing. No transaction is open while it is asked.
 */
public final class KeyVerifications {
    private final KeyVerifier verifier;
    private final Catalog catalog;
    private final Secrets secrets;
    private final SecretUse use;
    private final LlmKeys keys;

    /** The verifications of a vault's keys by this verifier. */
    public KeyVerifications(KeyVerifier verifier, Catalog catalog, Secrets secrets, SecretUse use, LlmKeys keys) {
        this.verifier = verifier;
        this.catalog = catalog;
        this.secrets = secrets;
        this.use = use;
        this.keys = keys;
    }

    /** A provider key after it was verified. */
    public record VerifiedSecret(VerificationStatus status, SecretMetadata secret) {}

    /** A configuration after its key was verified. */
    public record VerifiedConfiguration(VerificationStatus status, LlmConfiguration configuration) {}

    /**
     * Asks the provider of a provider key.
     *
     * @throws VaultException {@code secret_not_found}; {@code invalid_field} when it is not a provider key; {@code
     *     permission_denied} without {@code keys:manage}
     */
    public VerifiedSecret secret(Actor actor, SecretName nameOrId) {
        ProviderId id = secrets.get(actor, nameOrId).provider();
        if (id == null) {
            throw new VaultException(
                            ErrorCode.INVALID_FIELD,
                            "Only provider keys can be verified: secrets named provider_key_ and the provider.")
                    .withField("name");
        }
        Provider provider = catalog.provider(id.value());
        SecretUse.Opened opened = use.openForVerification(actor, nameOrId);
        VerificationStatus status = provider.baseUrl() == null
                ? VerificationStatus.UNSUPPORTED
                : verifier.verify(provider, provider.baseUrl(), opened.value());
        return new VerifiedSecret(
                status,
                conclusive(status)
                        ? use.recordVerification(actor, opened.metadata(), keyStatus(status))
                        : secrets.get(actor, nameOrId));
    }

    /**
     * Asks the provider of a configuration about the configuration's own key.
     *
     * @throws VaultException {@code config_not_found}; {@code value_required} where it has no key and needs one; {@code
     *     base_url_refused} when its base URL is none that may be connected to; {@code permission_denied} without
     *     {@code keys:manage}
     */
    public VerifiedConfiguration configuration(Actor actor, ConfigurationName nameOrId) {
        LlmKeys.Opened opened = keys.openForVerification(actor, nameOrId);
        VerificationStatus status = verifier.verify(opened.provider(), opened.endpoint(), opened.key());
        return new VerifiedConfiguration(
                status,
                conclusive(status)
                        ? keys.recordVerification(actor, opened.configuration(), keyStatus(status))
                        : opened.configuration());
    }

    private static boolean conclusive(VerificationStatus status) {
        return status == VerificationStatus.VALID || status == VerificationStatus.INVALID;
    }

    private static KeyStatus keyStatus(VerificationStatus status) {
        return status == VerificationStatus.VALID ? KeyStatus.VALID : KeyStatus.INVALID;
    }
}
