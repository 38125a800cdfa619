package dev.chatelaine.gateway.call;

import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.gatewaykey.GatewayAccess;
import dev.chatelaine.vault.usage.Payer;
import org.jspecify.annotations.Nullable;

/**
 * Who asks.
 *
 * @param actor on whose behalf
 * @param key the gateway key that was shown; null for somebody who came with a token of their own
 */
public record Caller(Actor actor, @Nullable GatewayAccess key) {

    /** Whoever holds a gateway key. */
    public static Caller of(GatewayAccess key) {
        return new Caller(key.actor(), key);
    }

    /** Somebody with a token of their own, who may ask every model and has no cap. */
    public static Caller of(Actor actor) {
        return new Caller(actor, null);
    }

    Payer payer() {
        return new Payer(actor, key == null ? null : key.keyId());
    }

    boolean allows(String model) {
        return key == null || key.allows(model);
    }

    @Nullable
    String fallback() {
        return key == null ? null : key.fallbackModel();
    }
}
