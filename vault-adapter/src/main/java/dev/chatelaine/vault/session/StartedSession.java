package dev.chatelaine.vault.session;

import java.time.Instant;

/**
 * A session that was just started or resumed.
 *
 * @param session the session
 * @param token what lets its runtime in, which is told this once: {@code crt_…}
 * @param expiresAt until when
 */
public record StartedSession(Session session, String token, Instant expiresAt) {
    @Override
    public String toString() {
        return "StartedSession[" + session + ", token redacted, " + expiresAt + "]";
    }
}
