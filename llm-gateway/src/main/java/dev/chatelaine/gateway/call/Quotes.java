package dev.chatelaine.gateway.call;

import dev.chatelaine.gateway.money.Cost;
import dev.chatelaine.gateway.money.TokenEstimate;
import dev.chatelaine.gateway.money.Usage;
import dev.chatelaine.gateway.resolution.Candidate;
import dev.chatelaine.gateway.resolution.Credential;
import dev.chatelaine.vault.provider.Model;
import dev.chatelaine.vault.usage.CredentialSource;
import dev.chatelaine.vault.usage.Quote;
import dev.chatelaine.vault.usage.Tokens;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What requests cost: at worst before they go out, and in the end. */
final class Quotes {
    private Quotes() {}

    /** The worst that asking with this credential can cost. */
    static Quote of(Asked asked, Credential credential) {
        Candidate candidate = credential.candidate();
        Model known = candidate.known();
        long prompt = TokenEstimate.promptAtMost(asked.body(), known);
        long completion = asked.kind() == Asked.Kind.EMBEDDINGS
                ? 0
                : TokenEstimate.completionAtMost(asked.body(), known).orElse(0);
        return new Quote(
                candidate.provider().id(),
                candidate.model(),
                configuration(candidate),
                source(credential),
                new Tokens(prompt, completion, 0),
                known == null ? null : orNull(Cost.atMost(known, prompt, completion)));
    }

    /** What was used costs; null where the price is not known. */
    static @Nullable Long cost(Candidate candidate, Usage usage) {
        Model known = candidate.known();
        return known == null ? null : orNull(Cost.of(known, usage));
    }

    static @Nullable String configuration(Candidate candidate) {
        return candidate.configuration() == null
                ? null
                : candidate.configuration().name().value();
    }

    private static CredentialSource source(Credential credential) {
        return credential.payer() == Credential.Payer.POOL ? CredentialSource.POOL : CredentialSource.BYOK;
    }

    private static @Nullable Long orNull(OptionalLong amount) {
        return amount.isPresent() ? Long.valueOf(amount.getAsLong()) : null;
    }
}
