package dev.chatelaine.vault.provider;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a tenant may use.
 *
 * @param name the plan's name, such as {@code core}
 * @param byok whether it may bring its own provider keys
 * @param tiers the tiers of models that the pool serves it
 * @param poolTokensPerMonth how many tokens of the pool it may use in a calendar month, at least 0
 */
public record Plan(String name, boolean byok, Set<Tier> tiers, long poolTokensPerMonth) {
    public Plan {
        Set<Tier> ordered = EnumSet.noneOf(Tier.class);
        ordered.addAll(tiers);
        tiers = Collections.unmodifiableSet(ordered);
        if (poolTokensPerMonth < 0) {
            throw new IllegalArgumentException("A plan's tokens per month are 0 or more");
        }
    }
}
