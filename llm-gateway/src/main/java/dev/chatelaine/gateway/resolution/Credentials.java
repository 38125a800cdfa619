package dev.chatelaine.gateway.resolution;

import dev.chatelaine.gateway.GatewayError;
import dev.chatelaine.gateway.GatewayException;
import dev.chatelaine.gateway.resolution.Credential.Source;
import dev.chatelaine.vault.provider.KeyFormat;
import dev.chatelaine.vault.provider.Model;
import dev.chatelaine.vault.upstreamkey.KeysAtHand;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * With whose key a candidate is asked, in order: its configuration's, the tenant's, the pool's. The tenant's and the
 * pool's keys go to the provider's own place alone; the pool serves models that the catalogue knows, of the plan's tiers.
 * Whether it has tokens left is the ledger's to say.
 */
public final class Credentials {
    private Credentials() {}

    /**
     * The credentials of a call's candidates, in the order in which they are tried.
     *
     * @return at least one
     * @throws GatewayException where there is none for any candidate, of the first of them: {@code model_not_in_plan},
     *     {@code no_credential}
     */
    public static List<Credential> of(KeysAtHand hand, List<Candidate> candidates) {
        List<Credential> all = new ArrayList<>();
        for (Candidate candidate : candidates) {
            all.addAll(own(hand, candidate));
            if (refusal(hand, candidate).isEmpty()) {
                all.add(new Credential(Source.POOL, candidate));
            }
        }
        if (all.isEmpty()) {
            throw refused(refusal(hand, candidates.get(0)).orElse(GatewayError.NO_CREDENTIAL));
        }
        return List.copyOf(all);
    }

    private static List<Credential> own(KeysAtHand hand, Candidate candidate) {
        List<Credential> own = new ArrayList<>();
        if (hand.plan().byok()
                && candidate.configuration() != null
                && candidate.configuration().key() != null) {
            own.add(new Credential(Source.CONFIGURATION, candidate));
        }
        if (candidate.isAtHome()
                && candidate.provider().ownSecret()
                && hand.tenant().contains(candidate.provider().id())) {
            own.add(new Credential(Source.TENANT, candidate));
        }
        boolean needsNone = candidate.provider().keyFormat().kind() == KeyFormat.Kind.ANY;
        return own.isEmpty() && needsNone ? List.of(new Credential(Source.NONE, candidate)) : own;
    }

    /** Why the pool does not serve the candidate; nothing where it does. */
    private static Optional<GatewayError> refusal(KeysAtHand hand, Candidate candidate) {
        Model known = candidate.known();
        if (known != null && !hand.plan().tiers().contains(known.tier())) {
            return Optional.of(GatewayError.MODEL_NOT_IN_PLAN);
        }
        boolean has = known != null
                && candidate.isAtHome()
                && hand.pool().contains(candidate.provider().id());
        return has ? Optional.empty() : Optional.of(GatewayError.NO_CREDENTIAL);
    }

    private static GatewayException refused(GatewayError error) {
        if (error == GatewayError.MODEL_NOT_IN_PLAN) {
            return new GatewayException(
                    error,
                    "There is no key of your own for the model's provider, and your plan does not include the model."
                            + " Add a provider key, or use a model of your plan.");
        }
        return new GatewayException(
                error, "There is no key for the model's provider. Add a provider key, or name another model.");
    }
}
