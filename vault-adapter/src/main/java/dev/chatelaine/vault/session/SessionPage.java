package dev.chatelaine.vault.session;

import java.util.List;
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
}
