package dev.chatelaine.vault.session;

import dev.chatelaine.vault.bundle.KeyName;
import dev.chatelaine.vault.crypto.TenantKeyring;
import dev.chatelaine.vault.store.Transaction;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A page of sessions, the newest first.
 *
 * @param sessions the sessions
 * @param nextCursor where the next page begins, or null when this is the last
 */
public record SessionPage(List<Session> sessions, @Nullable String nextCursor) {
    public SessionPage {
        sessions = List.copyOf(sessions);
    }

    /** The page of rows that are one more than the page, where there are more. */
    static SessionPage of(Transaction tx, TenantKeyring keyring, List<SessionRow.Stored> found, int limit) {
        List<SessionRow.Stored> shown = found.size() <= limit ? found : found.subList(0, limit);
        List<SessionRow> rows = shown.stream()
                .filter(stored -> stored.isAuthentic(keyring))
                .map(SessionRow.Stored::row)
                .toList();
        Map<String, List<KeyName>> keys =
                SessionValues.keys(tx, rows.stream().map(SessionRow::id).toList());
        return new SessionPage(
                rows.stream()
                        .map(row -> row.session(keys.getOrDefault(row.id(), List.of())))
                        .toList(),
                shown.size() == found.size()
                        ? null
                        : SessionCursor.after(shown.get(limit - 1).row()).text());
    }
}
