package dev.chatelaine.vault.session;

import java.util.Optional;

/**
 * Sessions for their runtimes: for whoever shows the token of a session. An empty answer is the same whether there is no
 * such token or session, the token is another session's, or it has expired or was revoked. Safe for several threads.
 *
 * <p>Any of them may fail with {@code vault_unavailable} and {@code integrity_failed}.
 */
public final class SessionRuntimes {
    /** The runtimes of a vault's sessions. */
    public SessionRuntimes() {}

    /** What a token lets its holder into; a read, which writes no event. */
    public Optional<RuntimeAccess> authenticate(String sessionId, String token) {
        return Optional.empty();
    }

    /** Opens the session's values; {@code session.reveal} is in the audit with the same transaction: no event, no value. */
    public Optional<Injection> environment(String sessionId, String token) {
        return Optional.empty();
    }

    /** What happened since a revision that the runtime knows: a read, which opens nothing. */
    public Optional<Missed> missedSince(String sessionId, String token, long revision) {
        return Optional.empty();
    }
}
