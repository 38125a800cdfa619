package dev.chatelaine.vault.gatewaykey;

import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Channel;
import dev.chatelaine.vault.access.Role;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.usage.Payer;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who came with a gateway key, and what the key lets them do.
 *
 * @param tenant whose key it is
 * @param keyId the key's id
 * @param name its name
 * @param allowedModels which models it may ask; null for every model
 * @param fallbackModel what is asked when nothing else answers, if something is
 */
public record GatewayAccess(
        TenantId tenant,
        String keyId,
        GatewayKeyName name,
        @Nullable ModelPatterns allowedModels,
        @Nullable String fallbackModel) {

    /** Whether the key may ask a model: {@code openai/gpt-4.1-mini}. */
    public boolean allows(String modelId) {
        return allowedModels == null || allowedModels.allow(modelId);
    }

    /** The key as one who acts: under its id, with what a member may. */
    public Actor actor() {
        return new Actor(keyId, tenant, Set.of(Role.MEMBER), Channel.GATEWAY, null);
    }

    /** The key as one who pays. */
    public Payer payer() {
        return new Payer(actor(), keyId);
    }
}
