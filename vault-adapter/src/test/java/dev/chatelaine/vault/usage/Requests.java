package dev.chatelaine.vault.usage;

import static dev.chatelaine.vault.TestVault.OWNER;

import dev.chatelaine.vault.TestVault;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.gatewaykey.GatewayAccess;
import dev.chatelaine.vault.gatewaykey.GatewayKeyName;
import dev.chatelaine.vault.gatewaykey.IssuedGatewayKey;
import dev.chatelaine.vault.gatewaykey.NewGatewayKey;
import dev.chatelaine.vault.provider.ProviderId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Requests of a gateway, as far as the ledger sees them. */
public final class Requests {
    public static final ProviderId OPENAI = new ProviderId("openai");
    public static final Duration LIFE = Duration.ofMinutes(11);

    private Requests() {}

    /** A gateway key of a tenant's with this cap. */
    public static IssuedGatewayKey key(Vault vault, Actor owner, String name, @Nullable Long cap) {
        return vault.gatewayKeys().create(owner, new NewGatewayKey(new GatewayKeyName(name), null, cap, null, null));
    }

    /** Who comes with a new key of acme's. */
    public static Payer payer(TestVault test, String name, @Nullable Long cap) {
        return payer(test.vault(), OWNER, name, cap);
    }

    public static Payer payer(Vault vault, Actor owner, String name, @Nullable Long cap) {
        GatewayAccess access = vault.gatewayKeys()
                .authenticate(key(vault, owner, name, cap).secret())
                .orElseThrow();
        return access.payer();
    }

    /** A request of the tenant's own key that costs this much at worst. */
    public static Quote quote(@Nullable Long microUsd) {
        return new Quote(OPENAI, "gpt-4.1-mini", "chat", CredentialSource.BYOK, new Tokens(10, 90, 0), microUsd);
    }

    /** A request of the pool's key that uses so many tokens at worst. */
    public static Quote pooled(long tokens, @Nullable Long microUsd) {
        return new Quote(OPENAI, "gpt-4.1-mini", null, CredentialSource.POOL, new Tokens(0, tokens, 0), microUsd);
    }

    /** A request that ended well and cost this much. */
    public static Outcome cost(@Nullable Long microUsd) {
        return new Outcome(200, 1, new Tokens(8, 40, 2), microUsd, 1_200, 300L, true, false);
    }

    /** The same, with so many tokens in its answer. */
    public static Outcome tokens(long completion) {
        return new Outcome(200, 1, new Tokens(0, completion, 0), 0L, 1_200, null, false, false);
    }

    public static KeySpend spend(Vault vault, Payer payer) {
        KeySpend spend = vault.gatewayKeys()
                .get(OWNER.in(payer.actor().tenant()), new GatewayKeyName(String.valueOf(payer.keyId())))
                .spend();
        if (spend == null) {
            throw new AssertionError("no meter");
        }
        return spend;
    }
}
