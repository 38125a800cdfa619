package dev.chatelaine.vault.signin;

import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.crypto.Keyrings;
import dev.chatelaine.vault.store.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A session as it is on disk, with the moment it was last used, in milliseconds since 1970. */
record SessionRow(String hash, ConsoleSession session, long seenAt) {

    /** The session, unless it has ended by now or was last used before {@code idleSince}. */
    static Optional<SessionRow> find(Transaction tx, Keyrings keyrings, String hash, long now, long idleSince) {
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
                                memberships(tx, keyrings, hash, row.getString("subject"), row.getLong("expires_at")),
                                new TenantId(row.getString("tenant")),
                                Instant.ofEpochMilli(row.getLong("expires_at"))),
                        row.getLong("seen_at")))
                .findOne()
                .filter(found ->
                        found.session().membership(found.session().tenant()).isPresent());
    }

    /** Those that this package wrote; others are left out. */
    private static List<Membership> memberships(
            Transaction tx, Keyrings keyrings, String hash, String subject, long expiresAt) {
        List<Membership> authentic = new ArrayList<>();
        tx.query("SELECT tenant, roles, mac FROM console_session_tenants WHERE hash = :hash ORDER BY tenant")
                .bind("hash", hash)
                .map((row, context) -> Map.entry(
                        new Grant(
                                Grant.SESSION,
                                hash,
                                subject,
                                Membership.of(row.getString("tenant"), row.getString("roles")),
                                expiresAt),
                        row.getBytes("mac")))
                .list()
                .forEach(row -> {
                    if (row.getKey().isAuthentic(tx, keyrings, row.getValue())) {
                        authentic.add(row.getKey().membership());
                    }
                });
        return authentic;
    }

    void insert(Transaction tx, Keyrings keyrings) {
        tx.update("INSERT INTO console_sessions (hash, id, subject, tenant, created_at, seen_at, expires_at)"
                        + " VALUES (:hash, :id, :subject, :tenant, :seen, :seen, :expires)")
                .bind("hash", hash)
                .bind("id", session.id())
                .bind("subject", session.subject())
                .bind("tenant", session.tenant().value())
                .bind("seen", seenAt)
                .bind("expires", session.expiresAt().toEpochMilli())
                .execute();
        session.memberships().forEach(membership -> insert(tx, keyrings, membership));
    }

    private void insert(Transaction tx, Keyrings keyrings, Membership membership) {
        Grant grant = new Grant(
                Grant.SESSION,
                hash,
                session.subject(),
                membership,
                session.expiresAt().toEpochMilli());
        tx.update("INSERT INTO console_session_tenants (hash, tenant, roles, mac)"
                        + " VALUES (:hash, :tenant, :roles, :mac)")
                .bind("hash", hash)
                .bind("tenant", membership.tenant().value())
                .bind("roles", membership.rolesText())
                .bind("mac", grant.mac(tx, keyrings))
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
