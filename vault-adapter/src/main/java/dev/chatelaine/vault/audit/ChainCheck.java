package dev.chatelaine.vault.audit;

import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.audit.AuditVerification.Fault;
import dev.chatelaine.vault.audit.AuditVerification.Problem;
import dev.chatelaine.vault.crypto.TenantKeyring;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Follows a chain from its first event to its end. One use, one thread. */
final class ChainCheck {
    private final TenantId tenant;
    private final TenantKeyring keyring;
    private final List<Fault> faults = new ArrayList<>();
    private long events;
    private long expected = 1;
    private String previousMac = "";
    private boolean afterGap;

    ChainCheck(TenantId tenant, TenantKeyring keyring) {
        this.tenant = tenant;
        this.keyring = keyring;
    }

    void next(AuditRow row) {
        events++;
        long sequence = row.sequence();
        missingUpTo(sequence);
        // What followed a missing event was chained to a code that is gone: its own code cannot be checked.
        if (!afterGap && !isAuthentic(row)) {
            fault(sequence, Problem.CHANGED_OR_MOVED);
        }
        afterGap = false;
        previousMac = row.mac();
        expected = sequence + 1;
    }

    private boolean isAuthentic(AuditRow row) {
        AuditEvent event = row.event();
        return event != null && keyring.isAuthentic(HexFormat.of().parseHex(row.mac()), event.fields(previousMac));
    }

    AuditVerification end(Optional<ChainHead> head) {
        if (head.isEmpty()) {
            fault(expected, Problem.MISSING);
        } else {
            missingUpTo(head.get().sequence() + 1);
            if (!afterGap && !endsAt(head.get())) {
                fault(head.get().sequence(), Problem.CHANGED_OR_MOVED);
            }
        }
        return new AuditVerification(tenant, events, faults);
    }

    private boolean endsAt(ChainHead head) {
        return head.sequence() == expected - 1 && head.isAuthentic(keyring);
    }

    private void missingUpTo(long sequence) {
        if (expected < sequence) {
            afterGap = true;
            for (; expected < sequence && faults.size() < AuditVerification.MOST_FAULTS; expected++) {
                fault(expected, Problem.MISSING);
            }
            expected = sequence;
        }
    }

    private void fault(long sequence, Problem problem) {
        if (faults.size() < AuditVerification.MOST_FAULTS) {
            faults.add(new Fault(sequence, problem));
        }
    }
}
