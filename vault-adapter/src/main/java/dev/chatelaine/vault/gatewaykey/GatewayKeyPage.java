package dev.chatelaine.vault.gatewaykey;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of gateway keys, by name.
 *
 * @param keys the keys
 * @param nextCursor what asks for the next page, or null at the end
 */
public record GatewayKeyPage(
        List<GatewayKey> keys, @Nullable String nextCursor) {
    public GatewayKeyPage {
        keys = List.copyOf(keys);
    }
}
