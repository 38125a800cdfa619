package dev.chatelaine.vault.signin;

import dev.chatelaine.vault.store.Transaction;
import java.util.List;
import java.util.Optional;

/** A link as it is on disk. */
record LinkRow(String hash, String id, Membership membership, String subject) {

    void insert(Transaction tx, long now, long expiresAt) {
        tx.update("INSERT INTO console_links (hash, id, tenant, subject, roles, created_at, expires_at)"
                        + " VALUES (:hash, :id, :tenant, :subject, :roles, :now, :expires)")
                .bind("hash", hash)
                .bind("id", id)
                .bind("tenant", membership.tenant().value())
                .bind("subject", subject)
                .bind("roles", membership.rolesText())
                .bind("now", now)
                .bind("expires", expiresAt)
                .execute();
    }

    /** The link while it has not expired, used or not. */
    static Optional<LinkRow> find(Transaction tx, String hash, long now) {
        return tx.query("SELECT id, tenant, subject, roles FROM console_links WHERE hash = :hash AND expires_at > :now")
                .bind("hash", hash)
                .bind("now", now)
                .map((row, context) -> new LinkRow(
                        hash,
                        row.getString("id"),
                        Membership.of(row.getString("tenant"), row.getString("roles")),
                        row.getString("subject")))
                .findOne();
    }

    /** Uses the link; answers whether nobody had before. */
    boolean use(Transaction tx, long now) {
        return tx.update("UPDATE console_links SET used_at = :now"
                                + " WHERE hash = :hash AND used_at IS NULL AND expires_at > :now")
                        .bind("hash", hash)
                        .bind("now", now)
                        .execute()
                == 1;
    }

    static void deleteExpired(Transaction tx, long now) {
        tx.update("DELETE FROM console_links WHERE expires_at <= :now")
                .bind("now", now)
                .execute();
    }

    Visitor visitor() {
        return new Visitor(subject, List.of(membership));
    }
}
