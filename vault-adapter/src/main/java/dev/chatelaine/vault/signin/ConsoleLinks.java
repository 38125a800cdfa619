package dev.chatelaine.vault.signin;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.Ids;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Role;
import dev.chatelaine.vault.audit.AuditLog;
import dev.chatelaine.vault.crypto.Credential;
import dev.chatelaine.vault.crypto.Keyrings;
import dev.chatelaine.vault.store.Database;
import dev.chatelaine.vault.store.Scope;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Links that sign somebody in to the console, once. Making one is the operator's: whoever can open the vault may. Safe
 * for several threads and processes.
 */
public final class ConsoleLinks {
    /** How long a link can be used. */
    public static final Duration LIFE = Duration.ofMinutes(10);

    private static final int LONGEST_SUBJECT = 255;

    private final Database database;
    private final Keyrings keyrings;
    private final ConsoleSessions sessions;
    private final AuditLog audit;
    private final Ids ids;
    private final SecureRandom random;
    private final Clock clock;

    /** The links of a vault, which lead to these sessions. */
    public ConsoleLinks(
            Database database,
            Keyrings keyrings,
            ConsoleSessions sessions,
            AuditLog audit,
            Ids ids,
            SecureRandom random,
            Clock clock) {
        this.database = database;
        this.keyrings = keyrings;
        this.sessions = sessions;
        this.audit = audit;
        this.ids = ids;
        this.random = random;
        this.clock = clock;
    }

    /**
     * Makes a link, and writes {@code console.link} to the audit of the operator's tenant.
     *
     * @param operator who makes it, in the tenant that it leads to
     * @param subject whom it signs in: 1 to 255 characters without control characters
     * @param roles what they may do there
     * @throws VaultException {@code invalid_field} for a subject that is not so; {@code tenant_not_found}
     */
    public IssuedLink issue(Actor operator, String subject, Set<Role> roles) {
        checkSubject(subject);
        String secret = Credential.generate(random);
        return database.write(Scope.tenant(operator.tenant()), tx -> {
            long now = clock.millis();
            long until = now + LIFE.toMillis();
            audit.append(tx, operator, Grant.LINK, subject);
            LinkRow.deleteExpired(tx, now);
            Membership membership = new Membership(operator.tenant(), roles);
            Grant grant = new Grant(Grant.LINK, Credential.hash(secret), subject, membership, until);
            LinkRow.of(tx, keyrings, ids.next("lnk_"), grant).insert(tx, now);
            return new IssuedLink(secret, Instant.ofEpochMilli(until));
        });
    }

    /**
     * Signs in with a link. Of any number who use one at the same time, one is signed in; a second use of a link that
     * has not expired is written to the audit as denied. Nothing is written for what is no link.
     *
     * @param secret what is shown as a link's secret
     * @return the session; empty for a link that is used, expired or none
     */
    public Optional<NewConsoleSession> use(String secret) {
        Optional<LinkRow> link =
                database.read(tx -> LinkRow.find(tx, keyrings, Credential.hash(secret), clock.millis()));
        Optional<NewConsoleSession> begun = link.flatMap(row -> database.write(
                Scope.tenant(row.grant().membership().tenant()),
                tx -> row.use(tx, clock.millis()) ? Optional.of(sessions.begin(tx, row.visitor())) : Optional.empty()));
        if (begun.isEmpty()) {
            link.ifPresent(row -> audit.record(
                    Visitor.actor(row.grant().subject(), row.grant().membership()), ConsoleSessions.SIGN_IN, row.id()));
        }
        return begun;
    }

    private static void checkSubject(String subject) {
        if (subject.isBlank()
                || subject.length() > LONGEST_SUBJECT
                || subject.codePoints().anyMatch(Character::isISOControl)) {
            throw new VaultException(
                            ErrorCode.INVALID_FIELD, "A subject is 1 to 255 characters without control characters.")
                    .withField("subject");
        }
    }
}
