package dev.chatelaine.vault.signin;

import dev.chatelaine.vault.crypto.Keyrings;
import dev.chatelaine.vault.store.Transaction;
import java.util.List;
import java.util.Optional;

/** A link as it is on disk. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record LinkRow(String id, Grant grant, byte[] mac) {

    static LinkRow of(Transaction tx, Keyrings keyrings, String id, Grant grant) {
        return new LinkRow(id, grant, grant.mac(tx, keyrings));
    }

    void insert(Transaction tx, long now) {
        tx.update("INSERT INTO console_links (hash, id, tenant, subject, roles, mac, created_at, expires_at)"
                        + " VALUES (:hash, :id, :tenant, :subject, :roles, :mac, :now, :expires)")
                .bind("hash", grant.hash())
                .bind("id", id)
                .bind("tenant", grant.membership().tenant().value())
                .bind("subject", grant.subject())
                .bind("roles", grant.membership().rolesText())
                .bind("mac", mac)
                .bind("now", now)
                .bind("expires", grant.expiresAt())
                .execute();
    }

    /** The link while it has not expired, used or not. */
    static Optional<LinkRow> find(Transaction tx, Keyrings keyrings, String hash, long now) {
        return tx.query("SELECT * FROM console_links WHERE hash = :hash AND expires_at > :now")
                .bind("hash", hash)
                .bind("now", now)
                .map((row, context) -> new LinkRow(
                        row.getString("id"),
                        new Grant(
                                Grant.LINK,
                                hash,
                                row.getString("subject"),
                                Membership.of(row.getString("tenant"), row.getString("roles")),
                                row.getLong("expires_at")),
                        row.getBytes("mac")))
                .findOne()
                .filter(found -> found.grant().isAuthentic(tx, keyrings, found.mac()));
    }

    /** Uses the link; answers whether nobody had before. */
    boolean use(Transaction tx, long now) {
        return tx.update("UPDATE console_links SET used_at = :now"
                                + " WHERE hash = :hash AND used_at IS NULL AND expires_at > :now")
                        .bind("hash", grant.hash())
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
        return new Visitor(grant.subject(), List.of(grant.membership()));
    }
}
