package dev.chatelaine.vault.usage;

/**
 * What a request was settled to.
 *
 * @param record the request's record, as it is now
 * @param first whether this call settled it; false where it had been settled so before
 * @param overrun micro-USD of the cost for which the cap of its key had no room: they are in the record and not in what
 *     the key has spent, and no request passes before the cap has room for them
 */
public record Settlement(UsageRecord record, boolean first, long overrun) {}
