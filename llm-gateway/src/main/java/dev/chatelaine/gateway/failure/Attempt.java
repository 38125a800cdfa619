package dev.chatelaine.gateway.failure;

import org.jspecify.annotations.Nullable;

/**
 * One attempt that failed, as anybody may know it.
 *
 * @param model {@code provider/model}
 * @param credential {@code byok} or {@code pool}
 * @param category how it failed
 * @param status the provider's status, or null where there was none
 */
public record Attempt(
        String model,
        String credential,
        FailureCategory category,
        @Nullable Integer status) {}
