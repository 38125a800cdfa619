package dev.chatelaine.vault.gatewaykey;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to change of a gateway key; what is null stays, and a {@link Given} of null takes away.
 *
 * @param name another name
 * @param allowedModels other models, or every model
 * @param spendCapMicroUsd another cap, higher or lower, or none
 * @param fallbackModel another fallback, or none
 * @param expiresAt another end, or none
 */
public record GatewayKeyChange(
        @Nullable GatewayKeyName name,
        @Nullable Given<List<String>> allowedModels,
        @Nullable Given<Long> spendCapMicroUsd,
        @Nullable Given<String> fallbackModel,
        @Nullable Given<Instant> expiresAt) {

    /**
     * Checks that there is something to change.
     *
     * @throws VaultException {@code invalid_field}
     */
    public GatewayKeyChange {
        if (name == null
                && allowedModels == null
                && spendCapMicroUsd == null
                && fallbackModel == null
                && expiresAt == null) {
            throw new VaultException(
                    ErrorCode.INVALID_FIELD,
                    "There is nothing to change: give name, allowed_models, spend_cap_micro_usd, fallback_model or"
                            + " expires_at.");
        }
    }

    /** Another cap alone. */
    public static GatewayKeyChange cap(@Nullable Long microUsd) {
        return new GatewayKeyChange(null, null, new Given<>(microUsd), null, null);
    }
}
