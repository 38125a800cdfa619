package dev.chatelaine.vault.store;

import dev.chatelaine.vault.access.TenantId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * What a unit of work changes, named before it begins. Units whose scopes meet take turns, first come, first served;
 * others go on side by side where the database can. Only what a unit's scope covers is its own while it works.
 *
 * @param vault whether it changes what belongs to no tenant: the vault's own record, the keys that sign tokens
 * @param tenants whose part it changes, each once and by name: that is the order in which turns are taken
 */
public record Scope(boolean vault, List<TenantId> tenants) {
    /** What belongs to no tenant. */
    public static final Scope VAULT = new Scope(true, List.of());

    /** What a transaction that only reads may change. */
    static final Scope NOTHING = new Scope(false, List.of());

    public Scope {
        tenants = tenants.stream()
                .distinct()
                .sorted(Comparator.comparing(TenantId::value))
                .toList();
    }

    /** One tenant's part. */
    public static Scope tenant(TenantId tenant) {
        return new Scope(false, List.of(tenant));
    }

    /** Several tenants' parts. */
    public static Scope tenants(Collection<TenantId> tenants) {
        return new Scope(false, List.copyOf(tenants));
    }

    /** This, and what belongs to no tenant. */
    public Scope andVault() {
        return new Scope(true, tenants);
    }

    /** Whether that tenant's part is in it. */
    public boolean covers(TenantId tenant) {
        return tenants.contains(tenant);
    }
}
