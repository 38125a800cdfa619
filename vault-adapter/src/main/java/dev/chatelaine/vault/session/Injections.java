package dev.chatelaine.vault.session;

import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.audit.Act;
import dev.chatelaine.vault.audit.AuditLog;
import dev.chatelaine.vault.bundle.KeyName;
import dev.chatelaine.vault.crypto.Credential;
import dev.chatelaine.vault.crypto.Keyrings;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.crypto.TenantKeyring;
import dev.chatelaine.vault.secret.SealedSecrets;
import dev.chatelaine.vault.store.Database;
import dev.chatelaine.vault.store.GroupCommit;
import dev.chatelaine.vault.store.Scope;
import dev.chatelaine.vault.store.Transaction;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Opens sessions' values for their runtimes. Each opening is an event, and a tenant's events are written one after the
 * other; so those who ask at the same time, as they do when a bundle was replaced, are answered from one transaction.
 * Safe for several threads.
 */
final class Injections {
    private static final int MOST_AT_ONCE = 200;

    private final Database database;
    private final Keyrings keyrings;
    private final AuditLog audit;
    private final SealedSecrets secrets;
    private final Clock clock;
    private final GroupCommit<TenantId, Ask, Answer> groups = new GroupCommit<>(MOST_AT_ONCE, this::answers);

    Injections(SessionParts parts) {
        this.database = parts.database();
        this.keyrings = parts.keyrings();
        this.audit = parts.audit();
        this.secrets = parts.secrets();
        this.clock = parts.clock();
    }

    private record Ask(String sessionId, String hash) {}

    private record Answer(
            Optional<Injection> injection, @Nullable VaultException failure) {
        static final Answer NONE = new Answer(Optional.empty(), null);
    }

    /** The values of a session for whoever has its token. */
    Optional<Injection> open(String sessionId, String token) {
        return database.read(tx -> TokenRow.tenantOf(tx, token, clock.millis()))
                .flatMap(tenant -> open(tenant, new Ask(sessionId, Credential.hash(token))));
    }

    private Optional<Injection> open(TenantId tenant, Ask ask) {
        Answer answer = groups.call(tenant, ask);
        if (answer.failure() != null) {
            throw answer.failure();
        }
        return answer.injection();
    }

    private List<Answer> answers(TenantId tenant, List<Ask> asked) {
        return database.write(Scope.tenant(tenant), tx -> answers(tx, tenant, asked));
    }

    private List<Answer> answers(Transaction tx, TenantId tenant, List<Ask> asked) {
        TenantKeyring keyring = keyrings.of(tx, tenant);
        Set<String> hashes = asked.stream().map(Ask::hash).collect(Collectors.toSet());
        Map<String, TokenRow> tokens = TokenRow.findAll(tx, keyring, hashes, clock.millis());
        Set<String> ids = asked.stream()
                .filter(ask -> isFor(tokens.get(ask.hash()), ask.sessionId(), tenant))
                .map(Ask::sessionId)
                .collect(Collectors.toSet());
        Map<String, SessionRow> running = SessionRows.running(tx, tenant, keyring, ids);
        if (running.isEmpty()) {
            return asked.stream().map(ask -> Answer.NONE).toList();
        }
        Opening opening = new Opening(keyring, running, SessionValues.held(tx, tenant, running));
        List<Answer> answers = asked.stream()
                .map(ask -> isFor(tokens.get(ask.hash()), ask.sessionId(), tenant)
                        ? opening.answer(ask.sessionId())
                        : Answer.NONE)
                .toList();
        secrets.markUsed(tx, tenant, opening.usedSecrets);
        audit.append(tx, opening.acts);
        return answers;
    }

    private static boolean isFor(@Nullable TokenRow token, String sessionId, TenantId tenant) {
        return token != null
                && token.sessionId().equals(sessionId)
                && token.tenant().equals(tenant);
    }

    /** One group's opening, and what is to be written down of it. */
    private static final class Opening {
        private final TenantKeyring keyring;
        private final Map<String, SessionRow> sessions;
        private final Map<String, List<SessionValues.Held>> held;
        private final List<Act> acts = new ArrayList<>();
        private final Set<String> usedSecrets = new HashSet<>();

        Opening(TenantKeyring keyring, Map<String, SessionRow> sessions, Map<String, List<SessionValues.Held>> held) {
            this.keyring = keyring;
            this.sessions = sessions;
            this.held = held;
        }

        /** A value that does not open is the failure of its own session and no other's. */
        Answer answer(String sessionId) {
            SessionRow session = sessions.get(sessionId);
            if (session == null) {
                return Answer.NONE;
            }
            try {
                SortedMap<KeyName, SecretValue> values = new TreeMap<>();
                held.getOrDefault(sessionId, List.of()).forEach(value -> values.put(value.key(), value.open(keyring)));
                acts.add(new Act(session.actor(), "session.reveal", sessionId));
                usedSecrets.addAll(session.definition().secretIds());
                return new Answer(
                        Optional.of(new Injection(
                                session.revision(), session.definition().llm(), values)),
                        null);
            } catch (VaultException e) {
                return new Answer(Optional.empty(), e);
            }
        }
    }
}
