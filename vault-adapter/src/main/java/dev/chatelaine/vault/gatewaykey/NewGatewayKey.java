package dev.chatelaine.vault.gatewaykey;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A gateway key that somebody asks for.
 *
 * @param name its name
 * @param allowedModels names or globs over {@code provider/model}; null for every model
 * @param spendCapMicroUsd the most it may spend; null for no cap
 * @param fallbackModel what is asked when nothing else answers: a {@code provider/model} or the name of a configuration
 * @param expiresAt until when it works; null for as long as it is there
 */
public record NewGatewayKey(
        GatewayKeyName name,
        @Nullable List<String> allowedModels,
        @Nullable Long spendCapMicroUsd,
        @Nullable String fallbackModel,
        @Nullable Instant expiresAt) {
    public NewGatewayKey {
        allowedModels = allowedModels == null ? null : List.copyOf(allowedModels);
    }
}
