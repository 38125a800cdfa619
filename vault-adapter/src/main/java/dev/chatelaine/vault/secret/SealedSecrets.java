package dev.chatelaine.vault.secret;

import dev.chatelaine.vault.access.AccessPolicy;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.provider.Provider;
import dev.chatelaine.vault.provider.ProviderId;
import dev.chatelaine.vault.store.Transaction;
import dev.chatelaine.vault.tenant.Tenants;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The living secrets with their sealed values, for those who pass them on without opening them, and ask for permission
 * themselves. Safe for several threads.
 */
public final class SealedSecrets {
    private final SecretRows rows;
    private final SecretVersions versions;
    private final SecretFinder finder;
    private final Tenants tenants;

    /** The sealed secrets of a vault. */
    public SealedSecrets(SecretParts parts, AccessPolicy access, Tenants tenants) {
        this.rows = parts.rows();
        this.versions = parts.versions();
        this.finder = new SecretFinder(parts, access);
        this.tenants = tenants;
    }

    /** The secret of that name, or else of that id; a provider key's alias is a name too. */
    public Optional<SealedSecret> named(Transaction tx, TenantId tenant, SecretName nameOrId) {
        return finder.find(tx, tenant, nameOrId).map(row -> sealed(tx, row));
    }

    /** The secret of that id. */
    public Optional<SealedSecret> byId(Transaction tx, TenantId tenant, String id) {
        return rows.byId(tx, tenant, id)
                .filter(row -> row.metadata().deletedAt() == null)
                .map(row -> sealed(tx, row));
    }

    /** The tenant's own key for a provider, where there is one and the tenant's plan lets it be used. */
    public Optional<SealedSecret> providerKey(Transaction tx, TenantId tenant, Provider provider) {
        String name = provider.secretName();
        return name == null || !tenants.planOf(tx, tenant).byok()
                ? Optional.empty()
                : rows.named(tx, tenant, new SecretName(name)).map(row -> sealed(tx, row));
    }

    /** Of which of these providers a tenant has a key. Nothing is opened; what the plan says is the caller's to ask. */
    public Set<ProviderId> providersWithKey(Transaction tx, TenantId tenant, Collection<Provider> providers) {
        Map<String, ProviderId> byName = new HashMap<>();
        for (Provider provider : providers) {
            String name = provider.secretName();
            if (name != null) {
                byName.put(name, provider.id());
            }
        }
        byName.keySet().retainAll(rows.taken(tx, tenant, byName.keySet()));
        return Set.copyOf(byName.values());
    }

    /** Writes down that secrets were opened for a use. */
    public void markUsed(Transaction tx, TenantId tenant, Collection<String> ids) {
        ids.forEach(id -> rows.byId(tx, tenant, id).ifPresent(row -> rows.markUsed(tx, row)));
    }

    private SealedSecret sealed(Transaction tx, SecretRow row) {
        return new SealedSecret(row.id(), versions.current(tx, row));
    }
}
