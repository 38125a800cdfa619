package dev.chatelaine.gateway.resolution;

import dev.chatelaine.gateway.GatewayError;
import dev.chatelaine.gateway.GatewayException;
import dev.chatelaine.gateway.resolution.Credential.Source;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.provider.KeyFormat;
import dev.chatelaine.vault.provider.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * With whose key a candidate is asked, in order: its configuration's, the tenant's, the pool's. The tenant's and the
 * pool's keys go to the provider's own place alone; the pool serves models that the catalogue knows, of the plan's
 * tiers, while there are tokens left. Blocks as its ports do.
 */
public final class Credentials {
    private final KeySource keys;
    private final PoolRules pool;

    /** Credentials from these keys, by these rules. */
    public Credentials(KeySource keys, PoolRules pool) {
        this.keys = keys;
        this.pool = pool;
    }

    /**
     * The credentials of a call's candidates, in the order in which they are tried.
     *
     * @return at least one
     * @throws GatewayException where there is none for any candidate, of the first of them: {@code model_not_in_plan},
     *     {@code pool_quota_exceeded}, {@code no_credential}
     */
    public List<Credential> of(Actor actor, List<Candidate> candidates) {
        List<Credential> all = new ArrayList<>();
        for (Candidate candidate : candidates) {
            all.addAll(own(actor, candidate));
            if (refusal(actor, candidate).isEmpty()) {
                all.add(new Credential(Source.POOL, candidate));
            }
        }
        if (all.isEmpty()) {
            throw refused(refusal(actor, candidates.get(0)).orElse(GatewayError.NO_CREDENTIAL));
        }
        return List.copyOf(all);
    }

    private List<Credential> own(Actor actor, Candidate candidate) {
        List<Credential> own = new ArrayList<>();
        if (candidate.configuration() != null && candidate.configuration().key() != null) {
            own.add(new Credential(Source.CONFIGURATION, candidate));
        }
        if (candidate.isAtHome()
                && candidate.provider().ownSecret()
                && keys.hasTenantKey(actor, candidate.provider().id())) {
            own.add(new Credential(Source.TENANT, candidate));
        }
        boolean needsNone = candidate.provider().keyFormat().kind() == KeyFormat.Kind.ANY;
        return own.isEmpty() && needsNone ? List.of(new Credential(Source.NONE, candidate)) : own;
    }

    /** Why the pool does not serve the candidate; nothing where it does. */
    private Optional<GatewayError> refusal(Actor actor, Candidate candidate) {
        Model known = candidate.known();
        boolean has = known != null
                && candidate.isAtHome()
                && keys.hasPoolKey(candidate.provider().id());
        if (known != null && !pool.plan(actor).tiers().contains(known.tier())) {
            return Optional.of(GatewayError.MODEL_NOT_IN_PLAN);
        }
        if (!has) {
            return Optional.of(GatewayError.NO_CREDENTIAL);
        }
        return pool.hasTokensLeft(actor) ? Optional.empty() : Optional.of(GatewayError.POOL_QUOTA_EXCEEDED);
    }

    private static GatewayException refused(GatewayError error) {
        return switch (error) {
            case MODEL_NOT_IN_PLAN ->
                new GatewayException(
                        error,
                        "There is no key of your own for the model's provider, and your plan does not include the model."
                                + " Add a provider key, or use a model of your plan.");
            case POOL_QUOTA_EXCEEDED ->
                new GatewayException(
                        error,
                        "This month's tokens of the pool are used up. Add a provider key of your own, or wait for the next"
                                + " month.");
            default ->
                new GatewayException(
                        error, "There is no key for the model's provider. Add a provider key, or name another model.");
        };
    }
}
