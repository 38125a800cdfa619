package dev.chatelaine.vault.audit;

import dev.chatelaine.vault.access.TenantId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event. It names things and never holds a value.
 *
 * @param tenant whose chain it is in
 * @param sequence its place in the chain, from 1 without a gap
 * @param at when, to the millisecond
 * @param subject who
 * @param channel the way in, such as {@code mcp}
 * @param client the program that spoke for the subject, where it is known
 * @param action what was done, such as {@code secret.create}
 * @param target to what: a name
 * @param outcome how it ended
 */
public record AuditEvent(
        TenantId tenant,
        long sequence,
        Instant at,
        String subject,
        String channel,
        @Nullable String client,
        String action,
        String target,
        Outcome outcome) {

    /** All of it, for authentication; an absent client is told apart from an empty one. */
    List<String> fields(String previousMac) {
        return List.of(
                previousMac,
                tenant.value(),
                Long.toString(sequence),
                Long.toString(at.toEpochMilli()),
                subject,
                channel,
                client == null ? "-" : "+" + client,
                action,
                target,
                outcome.label());
    }
}
