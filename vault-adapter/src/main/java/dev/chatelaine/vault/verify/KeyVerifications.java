package dev.chatelaine.vault.verify;

import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.llm.ConfigurationName;
import dev.chatelaine.vault.llm.LlmConfiguration;
import dev.chatelaine.vault.llm.LlmKeys;
import dev.chatelaine.vault.provider.Catalog;
import dev.chatelaine.vault.provider.KeyStatus;
import dev.chatelaine.vault.provider.Provider;
import dev.chatelaine.vault.secret.SecretMetadata;
import dev.chatelaine.vault.secret.SecretName;
import dev.chatelaine.vault.secret.SecretUse;
import java.net.URI;
import java.util.Objects;

/**
 * Asks providers about the keys in the vault and writes down what they say. Only {@code valid} and {@code invalid} are
 * written down: a provider that could not be asked has said nothing. A key is opened only when there is somebody to ask,
 * and no transaction is open while it is asked.
 */
public final class KeyVerifications {
    private final KeyVerifier verifier;
    private final Catalog catalog;
    private final SecretUse use;
    private final LlmKeys keys;

    /** The verifications of a vault's keys by this verifier. */
    public KeyVerifications(KeyVerifier verifier, Catalog catalog, SecretUse use, LlmKeys keys) {
        this.verifier = verifier;
        this.catalog = catalog;
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
        SecretMetadata asked = use.toVerify(actor, nameOrId);
        Provider provider = catalog.provider(
                Objects.requireNonNull(asked.provider(), "provider").value());
        URI baseUrl = provider.baseUrl();
        if (baseUrl == null || !provider.modelsList()) {
            return new VerifiedSecret(VerificationStatus.UNSUPPORTED, asked);
        }
        SecretUse.Opened opened = use.openForVerification(actor, asked);
        VerificationStatus status = verifier.verify(provider, baseUrl, opened.value());
        return new VerifiedSecret(
                status,
                conclusive(status)
                        ? use.recordVerification(actor, opened.metadata(), keyStatus(status))
                        : opened.metadata());
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
        VerificationStatus status = opened.provider().modelsList()
                ? verifier.verify(opened.provider(), opened.endpoint(), opened.key())
                : VerificationStatus.UNSUPPORTED;
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
