package dev.chatelaine.vault.usage;

import dev.chatelaine.vault.access.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * What may be used up, and how much of it is. Immutable: each change is a new one. No amount in it is ever above
 * {@link #BOTTOMLESS}, so that no sum of two is beyond a {@code long}.
 *
 * @param id a gateway key's id, or {@code pool:} and a month
 * @param cap how much may be used; null for as much as there is
 * @param bound what used and reserved never exceed together, the database sees to it: the cap, or what had been committed
 *     when the cap was lowered
 * @param used what was used
 * @param reserved what requests under way hold
 * @param overrun what was used though the cap had no room for it; it stands in the way of further requests
 * @param lastUsedAt when something was last reserved, in milliseconds since 1970
 * @param closed whether nothing is reserved any more
 */
record Meter(
        TenantId tenant,
        String id,
        @Nullable Long cap,
        long bound,
        long used,
        long reserved,
        long overrun,
        @Nullable Long lastUsedAt,
        boolean closed) {
    /** The cap where there is none. */
    static final long BOTTOMLESS = 1_000_000_000_000_000_000L;

    static Meter fresh(TenantId tenant, String id, @Nullable Long cap) {
        return new Meter(tenant, id, cap, limit(cap), 0, 0, 0, null, false);
    }

    /** Whether there is room for this much. */
    boolean admits(long amount) {
        return !closed && amount <= limit(cap) - used - overrun - reserved;
    }

    /** Holds an amount that the meter admits. */
    Meter reserve(long amount, long now) {
        return new Meter(tenant, id, cap, bound, used, reserved + amount, overrun, now, closed);
    }

    /** Gives back what was held. */
    Meter release(long amount) {
        return with(used, held(amount), overrun);
    }

    /**
     * Uses what was held, or less of it, or more as far as there is room: what there is no room for is overrun, and so
     * what is used is never above the cap.
     */
    Meter settle(long amount, long actual) {
        long left = held(amount);
        long room = limit(cap) - used - overrun - left;
        long charged = Math.min(actual, Math.max(amount, room));
        return with(used + charged, left, Math.min(overrun + Math.min(actual - charged, BOTTOMLESS), BOTTOMLESS));
    }

    /** Holds again what was settled as it had been held. */
    Meter unsettle(long amount) {
        return with(Math.max(0, used - amount), reserved + amount, overrun);
    }

    /** With another cap. What was used beyond the old one is used as far as the new one has room for it. */
    Meter capped(@Nullable Long newCap) {
        long room = Math.max(0, limit(newCap) - used - reserved);
        long covered = Math.min(overrun, room);
        Meter changed = new Meter(tenant, id, newCap, BOTTOMLESS, used, reserved, overrun, lastUsedAt, closed);
        return changed.with(used + covered, reserved, overrun - covered);
    }

    Meter close() {
        return new Meter(tenant, id, cap, bound, used, reserved, overrun, lastUsedAt, true);
    }

    private Meter with(long nowUsed, long nowReserved, long nowOverrun) {
        long nowBound = Math.max(limit(cap), nowUsed + nowReserved);
        return new Meter(tenant, id, cap, nowBound, nowUsed, nowReserved, nowOverrun, lastUsedAt, closed);
    }

    private long held(long amount) {
        return Math.max(0, reserved - amount);
    }

    private static long limit(@Nullable Long cap) {
        return cap == null ? BOTTOMLESS : cap;
    }
}
