package dev.chatelaine.vault.verify;

import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.provider.Provider;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** A port: asks providers about keys. Implementations may be used by several threads. */
@FunctionalInterface
public interface KeyVerifier {
    /**
     * Asks once, and blocks for at most ten seconds.
     *
     * @param baseUrl where to ask: the provider's or a configuration's
     * @param key the key; null asks without one, as for a local Ollama
     * @throws dev.chatelaine.vault.VaultException {@code base_url_refused} when the URL, or an address that its host
     *     resolves to, is none that may be connected to
     */
    VerificationStatus verify(Provider provider, URI baseUrl, @Nullable SecretValue key);
}
