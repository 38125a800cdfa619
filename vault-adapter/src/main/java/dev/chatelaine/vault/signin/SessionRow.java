package dev.chatelaine.vault.signin;

import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.store.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A session as it is on disk, with the moment it was last used, in milliseconds since 1970. */
record SessionRow(String hash, ConsoleSession session, long seenAt) {

    /** The session, unless it has ended by now or was last used before {@code idleSince}. */
    static Optional<SessionRow> find(Transaction tx, String hash, long now, long idleSince) {
        List<Membership> memberships = memberships(tx, hash);
        return tx.query("SELECT * FROM console_sessions"
                        + " WHERE hash = :hash AND expires_at > :now AND seen_at > :idle")
                .bind("hash", hash)
                .bind("now", now)
                .bind("idle", idleSince)
                .map((row, context) -> new SessionRow(
                        hash,
                        new ConsoleSession(
                                row.getString("id"),
                                row.getString("subject"),
                                memberships,
                                new TenantId(row.getString("tenant")),
                                Instant.ofEpochMilli(row.getLong("expires_at"))),
                        row.getLong("seen_at")))
                .findOne();
    }

    private static List<Membership> memberships(Transaction tx, String hash) {
        return tx.query("SELECT tenant, roles FROM console_session_tenants WHERE hash = :hash ORDER BY tenant")
                .bind("hash", hash)
                .map((row, context) -> Membership.of(row.getString("tenant"), row.getString("roles")))
                .list();
    }

    void insert(Transaction tx) {
        tx.update("INSERT INTO console_sessions (hash, id, subject, tenant, created_at, seen_at, expires_at)"
                        + " VALUES (:hash, :id, :subject, :tenant, :seen, :seen, :expires)")
                .bind("hash", hash)
                .bind("id", session.id())
                .bind("subject", session.subject())
                .bind("tenant", session.tenant().value())
                .bind("seen", seenAt)
                .bind("expires", session.expiresAt().toEpochMilli())
                .execute();
        session.memberships().forEach(membership -> insert(tx, membership));
    }

    private void insert(Transaction tx, Membership membership) {
        tx.update("INSERT INTO console_session_tenants (hash, tenant, roles) VALUES (:hash, :tenant, :roles)")
                .bind("hash", hash)
                .bind("tenant", membership.tenant().value())
                .bind("roles", membership.rolesText())
                .execute();
    }

    void seen(Transaction tx, long now) {
        tx.update("UPDATE console_sessions SET seen_at = :now WHERE hash = :hash AND seen_at < :now")
                .bind("now", now)
                .bind("hash", hash)
                .execute();
    }

    void enter(Transaction tx, TenantId tenant) {
        tx.update("UPDATE console_sessions SET tenant = :tenant WHERE hash = :hash")
                .bind("tenant", tenant.value())
                .bind("hash", hash)
                .execute();
    }

    /** Ends the session; answers whether it was still there. */
    boolean delete(Transaction tx) {
        return tx.update("DELETE FROM console_sessions WHERE hash = :hash")
                        .bind("hash", hash)
                        .execute()
                == 1;
    }

    static void deleteExpired(Transaction tx, long now, long idleSince) {
        tx.update("DELETE FROM console_sessions WHERE expires_at <= :now OR seen_at <= :idle")
                .bind("now", now)
                .bind("idle", idleSince)
                .execute();
    }
}
