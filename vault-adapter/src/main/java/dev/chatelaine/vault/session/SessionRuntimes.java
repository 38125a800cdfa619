package dev.chatelaine.vault.session;

import dev.chatelaine.vault.crypto.Keyrings;
import dev.chatelaine.vault.store.Database;
import dev.chatelaine.vault.store.Transaction;
import java.time.Clock;
import java.util.Optional;

/**
 * Sessions for their runtimes: for whoever shows the token of a session. An empty answer is the same whether there is no
 * such token or session, the token is another session's, or it has expired or was revoked. Safe for several threads.
 *
 * <p>Any of them may fail with {@code vault_unavailable} and {@code integrity_failed}.
 */
public final class SessionRuntimes {
    private final Database database;
    private final Keyrings keyrings;
    private final SessionRows rows;
    private final Injections injections;
    private final Clock clock;

    /** The runtimes of a vault's sessions. */
    public SessionRuntimes(SessionParts parts) {
        this.database = parts.database();
        this.keyrings = parts.keyrings();
        this.rows = parts.rows();
        this.injections = new Injections(parts);
        this.clock = parts.clock();
    }

    /** What a token lets its holder into; a read, which writes no event. */
    public Optional<RuntimeAccess> authenticate(String sessionId, String token) {
        return database.read(tx -> find(tx, sessionId, token))
                .map(found -> found.token().access());
    }

    /**
     * Opens the session's values, in turn with the changes of the tenant's values: what is replaced is never given once
     * the replacing has returned. {@code session.reveal} is in the audit with the same transaction: no event, no value.
     */
    public Optional<Injection> environment(String sessionId, String token) {
        return injections.open(sessionId, token);
    }

    /** What happened since a revision that the runtime knows: a read, which opens nothing. */
    public Optional<Missed> missedSince(String sessionId, String token, long revision) {
        return database.read(tx -> find(tx, sessionId, token)
                .map(found -> new Missed(
                        found.session().revision(), SessionValues.changedAfter(tx, found.session(), revision))));
    }

    private record Found(TokenRow token, SessionRow session) {}

    private Optional<Found> find(Transaction tx, String sessionId, String token) {
        return TokenRow.find(tx, keyrings, sessionId, token, clock.millis())
                .flatMap(row -> rows.find(tx, row.tenant(), sessionId)
                        .filter(SessionRow::isRunning)
                        .map(session -> new Found(row, session)));
    }
}
