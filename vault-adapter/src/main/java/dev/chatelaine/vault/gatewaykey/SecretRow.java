package dev.chatelaine.vault.gatewaykey;

import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.crypto.Keyrings;
import dev.chatelaine.vault.crypto.TenantKeyring;
import dev.chatelaine.vault.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One of the secrets that a gateway key works with: the present one, or one from before a rotation.
 *
 * @param hash the SHA-256 of the secret
 * @param expiresAt until when it works, in milliseconds since 1970; null for the present one
 */
record SecretRow(
        String hash,
        String keyId,
        TenantId tenant,
        @Nullable Long expiresAt) {

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Stored(SecretRow row, byte[] mac) {
        boolean isAuthentic(TenantKeyring keyring) {
            return keyring.isAuthentic(mac, row.fields());
        }
    }

    /** The living key that has the secret of that hash; none, where the tenant's keys did not make both of the rows. */
    static Optional<KeyRow> find(Transaction tx, Keyrings keyrings, String hash, long now) {
        return tx.direct()
                .first(
                        "SELECT k.*, s.hash AS secret_hash, s.key_id AS secret_key_id, s.tenant AS secret_tenant,"
                                + " s.expires_at AS secret_expires_at, s.mac AS secret_mac FROM gateway_key_secrets s"
                                + " JOIN gateway_keys k ON k.id = s.key_id AND k.tenant = s.tenant"
                                + " WHERE s.hash = ? AND (s.expires_at IS NULL OR s.expires_at > ?)"
                                + " AND k.deleted_at IS NULL",
                        row -> new Presented(from(row, "secret_"), KeyRow.from(row)),
                        hash,
                        now)
                .filter(presented -> presented.isAuthentic(
                        keyrings.of(tx, presented.secret().row().tenant())))
                .map(presented -> presented.key().row());
    }

    private record Presented(Stored secret, KeyRow.Stored key) {
        boolean isAuthentic(TenantKeyring keyring) {
            return secret.isAuthentic(keyring) && key.isAuthentic(keyring);
        }
    }

    void insert(Transaction tx, TenantKeyring keyring) {
        tx.update("INSERT INTO gateway_key_secrets (hash, key_id, tenant, expires_at, mac)"
                        + " VALUES (:hash, :key, :tenant, :expires, :mac)")
                .bind("hash", hash)
                .bind("key", keyId)
                .bind("tenant", tenant.value())
                .bind("expires", expiresAt)
                .bind("mac", keyring.authenticate(fields()))
                .execute();
    }

    /** Lets a key's secrets work until a moment and no longer; those that end before keep their end. */
    static void endBy(Transaction tx, TenantKeyring keyring, KeyRow key, long moment, long now) {
        List<Stored> secrets = tx.query("SELECT * FROM gateway_key_secrets WHERE key_id = :key AND tenant = :tenant")
                .bind("key", key.id())
                .bind("tenant", key.tenant().value())
                .map((row, context) -> from(row, ""))
                .list();
        deleteAll(tx, key);
        secrets.stream()
                .filter(stored -> stored.isAuthentic(keyring))
                .map(stored -> stored.row().endedBy(moment))
                .filter(row -> row.worksAt(now))
                .forEach(row -> row.insert(tx, keyring));
    }

    static void deleteAll(Transaction tx, KeyRow key) {
        tx.update("DELETE FROM gateway_key_secrets WHERE key_id = :key AND tenant = :tenant")
                .bind("key", key.id())
                .bind("tenant", key.tenant().value())
                .execute();
    }

    private SecretRow endedBy(long moment) {
        return new SecretRow(hash, keyId, tenant, expiresAt == null ? moment : Math.min(expiresAt, moment));
    }

    private boolean worksAt(long now) {
        return expiresAt == null || expiresAt > now;
    }

    private List<String> fields() {
        return List.of("gateway key secret", hash, keyId, tenant.value(), expiresAt == null ? "-" : "+" + expiresAt);
    }

    private static Stored from(ResultSet row, String prefix) throws SQLException {
        long expires = row.getLong(prefix + "expires_at");
        Long expiresAt = row.wasNull() ? null : Long.valueOf(expires);
        return new Stored(
                new SecretRow(
                        row.getString(prefix + "hash"),
                        row.getString(prefix + "key_id"),
                        new TenantId(row.getString(prefix + "tenant")),
                        expiresAt),
                row.getBytes(prefix + "mac"));
    }
}
