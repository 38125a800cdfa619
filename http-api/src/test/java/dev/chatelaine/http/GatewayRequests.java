package dev.chatelaine.http;

import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.provider.ProviderId;
import dev.chatelaine.vault.usage.CredentialSource;
import dev.chatelaine.vault.usage.Outcome;
import dev.chatelaine.vault.usage.Payer;
import dev.chatelaine.vault.usage.Quote;
import dev.chatelaine.vault.usage.Tokens;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Requests to the gateway, as far as a vault's ledger hears of them: nobody is asked anything. */
public final class GatewayRequests {
    private static final Duration LIFE = Duration.ofMinutes(11);

    private final Vault vault;

    public GatewayRequests(Vault vault) {
        this.vault = vault;
    }

    /** Whoever comes with a gateway key. */
    public Payer with(String key) {
        return vault.gatewayKeys().authenticate(key).orElseThrow().payer();
    }

    /** Somebody who comes with a token of their own. */
    public static Payer with(Actor actor) {
        return new Payer(actor, null);
    }

    /** A request that ended well. */
    public void done(
            Payer payer,
            String modelId,
            CredentialSource credential,
            Tokens tokens,
            @Nullable Long microUsd,
            long latencyMillis) {
        String id = begun(payer, modelId, credential, tokens, microUsd);
        vault.ledger()
                .settle(
                        payer.actor().tenant(),
                        id,
                        new Outcome(
                                200, 1, tokens, microUsd, latencyMillis, latencyMillis / 4, true, microUsd == null));
    }

    /** A request that is under way. */
    public String begun(
            Payer payer, String modelId, CredentialSource credential, Tokens worst, @Nullable Long microUsd) {
        String id = vault.ledger().newRequestId();
        Quote quote = new Quote(provider(modelId), model(modelId), "chat", credential, worst, microUsd);
        vault.ledger().reserve(payer, id, quote, LIFE);
        return id;
    }

    /** A request that was refused before it went out. */
    public void refused(Payer payer, String modelId, int status) {
        Outcome outcome = new Outcome(status, 0, Tokens.NONE, 0L, 2, null, false, false);
        vault.ledger().refused(payer, vault.ledger().newRequestId(), provider(modelId), model(modelId), null, outcome);
    }

    private static ProviderId provider(String modelId) {
        return new ProviderId(modelId.substring(0, modelId.indexOf('/')));
    }

    private static String model(String modelId) {
        return modelId.substring(modelId.indexOf('/') + 1);
    }
}
