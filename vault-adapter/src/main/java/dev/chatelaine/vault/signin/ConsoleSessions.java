package dev.chatelaine.vault.signin;

import dev.chatelaine.vault.Ids;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.audit.AuditLog;
import dev.chatelaine.vault.crypto.Credential;
import dev.chatelaine.vault.crypto.Keyrings;
import dev.chatelaine.vault.store.Database;
import dev.chatelaine.vault.store.Scope;
import dev.chatelaine.vault.store.Transaction;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Who is signed in. A session ends when its person signs out, when it was not used for {@link #IDLE}, and after {@link
 * #LIFE} in any case. Safe for several threads; every process on the vault sees a change with its next call.
 */
public final class ConsoleSessions {
    /** How long a session lives unused. */
    public static final Duration IDLE = Duration.ofMinutes(30);

    /** How long a session lives at most. */
    public static final Duration LIFE = Duration.ofHours(12);

    static final String SIGN_IN = "console.sign_in";

    /** So seldom is a use written down, because writing costs; an idle session may end earlier by as much. */
    private static final Duration NOTED = Duration.ofMinutes(1);

    private final Database database;
    private final Keyrings keyrings;
    private final AuditLog audit;
    private final Ids ids;
    private final SecureRandom random;
    private final Clock clock;

    /** The sessions of a vault. */
    public ConsoleSessions(
            Database database, Keyrings keyrings, AuditLog audit, Ids ids, SecureRandom random, Clock clock) {
        this.database = database;
        this.keyrings = keyrings;
        this.audit = audit;
        this.ids = ids;
        this.random = random;
        this.clock = clock;
    }

    /**
     * Signs in somebody whom the organisation's provider vouches for, and writes {@code console.sign_in} to the audit of
     * the tenant that they begin in. A sign-in is good for one session.
     *
     * @param signIn what this one sign-in is known by; nobody else can know it
     * @param until from when on it is refused anyhow
     * @return the session; empty where that sign-in was done before
     * @throws dev.chatelaine.vault.VaultException {@code tenant_not_found}
     */
    public Optional<NewConsoleSession> begin(Visitor visitor, String signIn, Instant until) {
        return database.write(
                scope(visitor.memberships()),
                tx -> isFirst(tx, Credential.hash(signIn), until) ? Optional.of(begin(tx, visitor)) : Optional.empty());
    }

    /** The session of a cookie, which is used by that; empty where there is none (any more). */
    public Optional<ConsoleSession> find(String cookie) {
        Optional<SessionRow> row = database.read(tx -> row(tx, cookie));
        row.filter(found -> clock.millis() - found.seenAt() >= NOTED.toMillis())
                .ifPresent(found -> database.write(scope(found.session().memberships()), tx -> {
                    found.seen(tx, clock.millis());
                    return found;
                }));
        return row.map(SessionRow::session);
    }

    /**
     * Goes to another of the session's tenants, in whose audit {@code console.sign_in} is written.
     *
     * @return the session, now there; empty where there is no session or the tenant is none of its own
     */
    public Optional<ConsoleSession> enter(String cookie, TenantId tenant) {
        return write(cookie, (tx, row) -> {
            row.session().actor(tenant).ifPresent(actor -> {
                row.enter(tx, tenant);
                audit.append(tx, actor, SIGN_IN, row.session().id());
            });
            return row(tx, cookie)
                    .map(SessionRow::session)
                    .filter(now -> now.tenant().equals(tenant));
        });
    }

    /** Signs out, and writes {@code console.sign_out} to the audit; nothing where there is no session. */
    public void end(String cookie) {
        write(cookie, (tx, row) -> {
            if (row.delete(tx)) {
                audit.append(
                        tx,
                        row.session().actor(),
                        "console.sign_out",
                        row.session().id());
            }
            return Optional.of(row);
        });
    }

    /** Changes a session that is there, in the scope of all the tenants that it may be in. */
    private <T> Optional<T> write(String cookie, BiFunction<Transaction, SessionRow, Optional<T>> work) {
        return database.read(tx -> row(tx, cookie))
                .flatMap(seen -> database.write(
                        scope(seen.session().memberships()),
                        tx -> row(tx, cookie).flatMap(row -> work.apply(tx, row))));
    }

    NewConsoleSession begin(Transaction tx, Visitor visitor) {
        purge(tx);
        String cookie = Credential.generate(random);
        long now = clock.millis();
        List<Membership> byName = visitor.memberships().stream()
                .sorted(Comparator.comparing(membership -> membership.tenant().value()))
                .toList();
        ConsoleSession session = new ConsoleSession(
                ids.next("con_"),
                visitor.subject(),
                byName,
                visitor.memberships().get(0).tenant(),
                Instant.ofEpochMilli(now + LIFE.toMillis()));
        audit.append(tx, session.actor(), SIGN_IN, session.id());
        new SessionRow(Credential.hash(cookie), session, now).insert(tx, keyrings);
        return new NewConsoleSession(cookie, session);
    }

    private static Scope scope(List<Membership> memberships) {
        return Scope.tenants(memberships.stream().map(Membership::tenant).toList());
    }

    private Optional<SessionRow> row(Transaction tx, String cookie) {
        return SessionRow.find(tx, keyrings, Credential.hash(cookie), clock.millis(), idleSince());
    }

    private long idleSince() {
        return clock.millis() - IDLE.toMillis();
    }

    private void purge(Transaction tx) {
        SessionRow.deleteExpired(tx, clock.millis(), idleSince());
        LinkRow.deleteExpired(tx, clock.millis());
        tx.update("DELETE FROM console_openid_sign_ins WHERE expires_at <= :now")
                .bind("now", clock.millis())
                .execute();
    }

    private static boolean isFirst(Transaction tx, String hash, Instant until) {
        return tx.update("INSERT INTO console_openid_sign_ins (hash, expires_at) VALUES (:hash, :until)"
                                + " ON CONFLICT (hash) DO NOTHING")
                        .bind("hash", hash)
                        .bind("until", until.toEpochMilli())
                        .execute()
                == 1;
    }
}
