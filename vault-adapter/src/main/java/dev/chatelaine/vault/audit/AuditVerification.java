package dev.chatelaine.vault.audit;

import dev.chatelaine.vault.access.TenantId;
import java.util.List;
import java.util.Locale;

/**
 * What a check of a chain found.
 *
 * @param tenant whose chain
 * @param events how many events were read
 * @param faults what is wrong, in the chain's order, the first {@link #MOST_FAULTS} at most; empty when all is well
 */
public record AuditVerification(TenantId tenant, long events, List<Fault> faults) {
    /** How many faults are told; where one is, all that a person needs to know is that there are more. */
    public static final int MOST_FAULTS = 100;

    public AuditVerification {
        faults = List.copyOf(faults);
    }

    /** Whether every event is there, unchanged and in its place. */
    public boolean clean() {
        return faults.isEmpty();
    }

    /** Where and what. */
    public record Fault(long sequence, Problem problem) {}

    /** What can be wrong with an event. */
    public enum Problem {
        /** Its content or its place in the chain is not what was written. */
        CHANGED_OR_MOVED,
        /** It is gone. */
        MISSING;

        /** The problem's name: {@code changed_or_moved}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
