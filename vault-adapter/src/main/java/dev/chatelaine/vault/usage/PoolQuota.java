package dev.chatelaine.vault.usage;

import java.time.YearMonth;

/**
 * What a tenant may use of the pool in a month, in tokens.
 *
 * @param month the calendar month (UTC)
 * @param quota the plan's
 * @param used what was used
 * @param reserved what requests under way may use at worst
 */
public record PoolQuota(YearMonth month, long quota, long used, long reserved) {}
