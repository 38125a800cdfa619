package dev.chatelaine.vault.upstreamkey;

import dev.chatelaine.vault.provider.Plan;
import dev.chatelaine.vault.provider.ProviderId;
import java.util.Set;

/**
 * What a tenant's requests could be made with, beside the keys of its configurations.
 *
 * @param plan the tenant's plan
 * @param tenant of which providers the tenant has a key that its plan lets it use
 * @param pool of which providers the pool has one; which of their models it serves is the plan's to say
 */
public record KeysAtHand(Plan plan, Set<ProviderId> tenant, Set<ProviderId> pool) {
    public KeysAtHand {
        tenant = Set.copyOf(tenant);
        pool = Set.copyOf(pool);
    }
}
