package dev.chatelaine.vault.usage;

import java.util.List;

/**
 * Usage, added up.
 *
 * @param query of what
 * @param groups days in order, else the costliest first; at most {@link #MOST_GROUPS}
 * @param whole all of it together, also what is in no group
 * @param truncated whether there are more groups
 */
public record UsageReport(UsageQuery query, List<UsageGroup> groups, UsageGroup whole, boolean truncated) {
    /** So many groups are listed at most. */
    public static final int MOST_GROUPS = 1_000;

    public UsageReport {
        groups = List.copyOf(groups);
    }
}
