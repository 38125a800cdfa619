package dev.chatelaine.gateway.resolution;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a request, and the gateway key it came with, say about models.
 *
 * @param model what the request calls its model, or null where it names none
 * @param fallbacks the request's own fallbacks; none means those of the configuration
 * @param keyFallback the gateway key's fallback, or null
 * @param allowed which models, written {@code provider/model}, the gateway key allows
 */
public record Call(
        @Nullable String model,
        List<String> fallbacks,
        @Nullable String keyFallback,
        Predicate<String> allowed) {
    public Call {
        fallbacks = List.copyOf(fallbacks);
    }
}
