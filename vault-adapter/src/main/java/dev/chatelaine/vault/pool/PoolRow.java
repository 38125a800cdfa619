package dev.chatelaine.vault.pool;

import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.crypto.Kind;
import dev.chatelaine.vault.crypto.Place;
import dev.chatelaine.vault.crypto.SealedValue;
import dev.chatelaine.vault.provider.KeyStatus;
import dev.chatelaine.vault.provider.ProviderId;
import dev.chatelaine.vault.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A pool key as it is on disk. */
record PoolRow(PoolKey key, SealedValue sealed) {

    static Optional<PoolRow> find(Transaction tx, ProviderId provider) {
        return tx.direct().first("SELECT * FROM pool_keys WHERE provider = ?", PoolRow::from, provider.value());
    }

    static List<PoolRow> list(Transaction tx) {
        return tx.query("SELECT * FROM pool_keys ORDER BY provider")
                .map((row, context) -> from(row))
                .list();
    }

    static Place place(ProviderId provider, long version) {
        return new Place(TenantId.POOL, Kind.POOL_KEY, provider.value(), version);
    }

    Place place() {
        return place(key.provider(), key.version());
    }

    /** Writes it in place of the one before. */
    void put(Transaction tx) {
        delete(tx);
        tx.update("INSERT INTO pool_keys (provider, tenant, version, sealed, key_id, hint, key_status, created_at,"
                        + " created_by) VALUES (:provider, :tenant, :version, :sealed, :key, :hint, :status, :created,"
                        + " :by)")
                .bind("provider", key.provider().value())
                .bind("tenant", TenantId.POOL.value())
                .bind("version", key.version())
                .bind("sealed", sealed.bytes())
                .bind("key", sealed.keyId())
                .bind("hint", key.hint())
                .bind("status", key.status().label())
                .bind("created", key.createdAt().toEpochMilli())
                .bind("by", key.createdBy())
                .execute();
    }

    void delete(Transaction tx) {
        tx.update("DELETE FROM pool_keys WHERE provider = :provider")
                .bind("provider", key.provider().value())
                .execute();
    }

    static Set<ProviderId> providers(Transaction tx) {
        return Set.copyOf(tx.direct().all("SELECT provider FROM pool_keys", row -> new ProviderId(row.getString(1))));
    }

    /** Writes down what is known of a key that is still the present one, and answers whether that is something new. */
    static boolean mark(Transaction tx, ProviderId provider, long version, KeyStatus status) {
        return tx.update("UPDATE pool_keys SET key_status = :status"
                                + " WHERE provider = :provider AND version = :version AND key_status <> :status")
                        .bind("status", status.label())
                        .bind("provider", provider.value())
                        .bind("version", version)
                        .execute()
                > 0;
    }

    private static PoolRow from(ResultSet row) throws SQLException {
        return new PoolRow(
                new PoolKey(
                        new ProviderId(row.getString("provider")),
                        row.getLong("version"),
                        row.getString("hint"),
                        KeyStatus.of(row.getString("key_status")),
                        Instant.ofEpochMilli(row.getLong("created_at")),
                        row.getString("created_by")),
                new SealedValue(row.getBytes("sealed")));
    }
}
