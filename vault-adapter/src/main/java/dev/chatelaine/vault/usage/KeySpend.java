package dev.chatelaine.vault.usage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway key has spent, in micro-USD.
 *
 * @param cap the most it may; null for no cap
 * @param spent what it has; never more than the cap, unless the cap was lowered since
 * @param reserved what requests under way may cost at worst
 * @param overrun what requests cost that the cap had no room for, because they used more than was reserved for them
 * @param lastUsedAt when a request last began
 */
public record KeySpend(
        @Nullable Long cap,
        long spent,
        long reserved,
        long overrun,
        @Nullable Instant lastUsedAt) {

    static KeySpend of(Meter meter) {
        Long last = meter.lastUsedAt();
        return new KeySpend(
                meter.cap(),
                meter.used(),
                meter.reserved(),
                meter.overrun(),
                last == null ? null : Instant.ofEpochMilli(last));
    }
}
