package dev.chatelaine.gateway.resolution;

import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.provider.ProviderId;
import org.jspecify.annotations.Nullable;

/** A port: the keys of tenants and of the pool. May block; safe for several threads. */
public interface KeySource {
    /** Whether the tenant has a provider key for this provider. */
    boolean hasTenantKey(Actor actor, ProviderId provider);

    /** Whether the pool has a key for this provider. */
    boolean hasPoolKey(ProviderId provider);

    /**
     * Opens a key for one request, and records that it was.
     *
     * @return the key, or null where the credential is none or the key is gone since
     * @throws dev.chatelaine.vault.VaultException {@code permission_denied}, {@code integrity_failed}, {@code
     *     vault_unavailable}
     */
    @Nullable
    SecretValue open(Actor actor, Credential credential);

    /** Marks a key as one that its provider did not take; a key that was replaced since is not marked. */
    void markFailing(Actor actor, Credential credential);
}
