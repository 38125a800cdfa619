package dev.chatelaine.vault.byok;

import dev.chatelaine.vault.provider.Plan;
import java.util.List;

/**
 * A tenant's own keys at a glance.
 *
 * @param providers every provider that may have a key of the tenant's own, in the catalogue's order
 * @param plan the tenant's plan, which says whether it may bring keys
 */
public record ByokOverview(List<ProviderOverview> providers, Plan plan) {
    public ByokOverview {
        providers = List.copyOf(providers);
    }
}
