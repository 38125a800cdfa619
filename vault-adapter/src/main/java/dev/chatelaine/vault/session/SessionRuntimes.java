package dev.chatelaine.vault.session;

import dev.chatelaine.vault.audit.AuditLog;
import dev.chatelaine.vault.crypto.Keyrings;
import dev.chatelaine.vault.secret.SealedSecrets;
import dev.chatelaine.vault.store.Database;
import dev.chatelaine.vault.store.Scope;
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
    private final AuditLog audit;
    private final SealedSecrets secrets;
    private final SessionRows rows;
    private final SessionValues values;
    private final Clock clock;

    /** The runtimes of a vault's sessions. */
    public SessionRuntimes(SessionParts parts) {
        this.database = parts.database();
        this.keyrings = parts.keyrings();
        this.audit = parts.audit();
        this.secrets = parts.secrets();
        this.rows = parts.rows();
        this.values = parts.values();
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
        return authenticate(sessionId, token)
                .flatMap(access -> database.write(
                        Scope.tenant(access.tenant()),
                        tx -> find(tx, sessionId, token).map(found -> inject(tx, found.session()))));
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

    private Injection inject(Transaction tx, SessionRow session) {
        secrets.markUsed(tx, session.tenant(), session.definition().secretIds());
        audit.append(tx, session.actor(), "session.reveal", session.id());
        return new Injection(session.revision(), session.definition().llm(), values.open(tx, session));
    }
}
