package dev.chatelaine.vault.token;

import dev.chatelaine.vault.crypto.SealedValue;
import dev.chatelaine.vault.crypto.TokenKeyring.SealedKey;
import dev.chatelaine.vault.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/** A signing key as it is on disk. Times are milliseconds since 1970. */
record TokenKeyRow(String id, SealedKey key, long createdAt, long tokensUntil) {

    static Optional<TokenKeyRow> signing(Transaction tx) {
        return tx.queryForUpdate("SELECT * FROM token_keys WHERE signing = 1")
                .map(TokenKeyRow::of)
                .findOne();
    }

    /** The keys whose last token expires after this moment, the oldest first, and last the one that signs. */
    static List<TokenKeyRow> verifying(Transaction tx, long moment) {
        return tx.query("SELECT * FROM token_keys WHERE signing = 1 OR tokens_until > :moment"
                        + " ORDER BY CASE WHEN signing = 1 THEN 1 ELSE 0 END, created_at, id")
                .bind("moment", moment)
                .map(TokenKeyRow::of)
                .list();
    }

    static List<TokenKeyRow> notUnder(Transaction tx, long rootKeyId) {
        return tx.queryForUpdate("SELECT * FROM token_keys WHERE root_key_id <> :key ORDER BY id")
                .bind("key", rootKeyId)
                .map(TokenKeyRow::of)
                .list();
    }

    static List<TokenKeyRow> all(Transaction tx) {
        return tx.query("SELECT * FROM token_keys ORDER BY id")
                .map(TokenKeyRow::of)
                .list();
    }

    static long countNotUnder(Transaction tx, long rootKeyId) {
        return tx.query("SELECT COUNT(*) FROM token_keys WHERE root_key_id <> :key")
                .bind("key", rootKeyId)
                .mapTo(Long.class)
                .one();
    }

    /** Forgets the keys that no longer sign and whose last token expired by this moment. */
    static void deleteExpired(Transaction tx, long moment) {
        tx.update("DELETE FROM token_keys WHERE signing = 0 AND tokens_until <= :moment")
                .bind("moment", moment)
                .execute();
    }

    static void deleteAll(Transaction tx) {
        tx.update("DELETE FROM token_keys").execute();
    }

    void insert(Transaction tx) {
        write(
                tx,
                "INSERT INTO token_keys (id, signing, sealed_private, sealed_public, root_key_id, created_at,"
                        + " tokens_until) VALUES (:id, :signing, :private, :public, :root, :created, :until)");
    }

    void update(Transaction tx) {
        write(
                tx,
                "UPDATE token_keys SET signing = :signing, sealed_private = :private, sealed_public = :public,"
                        + " root_key_id = :root, tokens_until = :until WHERE id = :id");
    }

    boolean signs() {
        return key.privatePart() != null;
    }

    TokenKeyRow with(SealedKey other) {
        return new TokenKeyRow(id, other, createdAt, tokensUntil);
    }

    TokenKeyRow until(long expiry) {
        return new TokenKeyRow(id, key, createdAt, Math.max(tokensUntil, expiry));
    }

    private void write(Transaction tx, String sql) {
        SealedValue privatePart = key.privatePart();
        tx.update(sql)
                .bind("id", id)
                .bind("signing", privatePart == null ? 0 : 1)
                .bind("private", privatePart == null ? null : privatePart.bytes())
                .bind("public", key.publicPart().bytes())
                .bind("root", key.rootKeyId())
                .bind("created", createdAt)
                .bind("until", tokensUntil)
                .execute();
    }

    private static TokenKeyRow of(ResultSet row, StatementContext context) throws SQLException {
        byte[] privatePart = row.getBytes("sealed_private");
        SealedKey key = new SealedKey(
                privatePart == null ? null : new SealedValue(privatePart),
                new SealedValue(row.getBytes("sealed_public")));
        return new TokenKeyRow(row.getString("id"), key, row.getLong("created_at"), row.getLong("tokens_until"));
    }
}
