package dev.chatelaine.gateway.resolution;

import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.provider.Plan;

/** A port: what the pool does for a tenant at the moment. May block; safe for several threads. */
public interface PoolRules {
    /** The tenant's plan. */
    Plan plan(Actor actor);

    /** Whether the tenant has tokens of the pool left this month. */
    boolean hasTokensLeft(Actor actor);
}
