package dev.chatelaine.vault.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the audit.
 *
 * @param events the newest first
 * @param nextCursor what asks for the next page, or null at the end
 */
public record AuditPage(List<AuditEvent> events, @Nullable String nextCursor) {
    public AuditPage {
        events = List.copyOf(events);
    }

    /** The page of these events, of which one more than the limit was looked for. */
    static AuditPage of(List<AuditEvent> found, int limit) {
        return found.size() <= limit
                ? new AuditPage(found, null)
                : new AuditPage(found.subList(0, limit), AuditQuery.cursorAfter(found.get(limit - 1)));
    }
}
