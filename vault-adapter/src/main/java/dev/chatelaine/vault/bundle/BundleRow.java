package dev.chatelaine.vault.bundle;

import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * A bundle as it is on disk, without its values.
 *
 * @param slot which of the tenant's 50 places it takes
 * @param generation counts the changes of its values, from 1
 */
record BundleRow(
        TenantId tenant,
        String id,
        long slot,
        BundleName name,
        long generation,
        Instant createdAt,
        @Nullable Instant lastRotatedAt) {

    static Optional<BundleRow> named(Transaction tx, TenantId tenant, BundleName name) {
        return tx.query("SELECT * FROM bundles WHERE tenant = :tenant AND name = :name")
                .bind("tenant", tenant.value())
                .bind("name", name.value())
                .map(BundleRow::from)
                .findOne();
    }

    static Optional<BundleRow> byId(Transaction tx, TenantId tenant, String id) {
        return tx.query("SELECT * FROM bundles WHERE tenant = :tenant AND id = :id")
                .bind("tenant", tenant.value())
                .bind("id", id)
                .map(BundleRow::from)
                .findOne();
    }

    /** A tenant's bundles by name. */
    static List<BundleRow> list(Transaction tx, TenantId tenant) {
        return tx.query("SELECT * FROM bundles WHERE tenant = :tenant ORDER BY name")
                .bind("tenant", tenant.value())
                .map(BundleRow::from)
                .list();
    }

    /** The places that the tenant's bundles take. */
    static List<Long> slots(Transaction tx, TenantId tenant) {
        return tx.query("SELECT slot FROM bundles WHERE tenant = :tenant")
                .bind("tenant", tenant.value())
                .mapTo(Long.class)
                .list();
    }

    void insert(Transaction tx, String by) {
        tx.update("INSERT INTO bundles (id, tenant, slot, name, generation, created_at, created_by)"
                        + " VALUES (:id, :tenant, :slot, :name, :generation, :created, :by)")
                .bind("id", id)
                .bind("tenant", tenant.value())
                .bind("slot", slot)
                .bind("name", name.value())
                .bind("generation", generation)
                .bind("created", createdAt.toEpochMilli())
                .bind("by", by)
                .execute();
    }

    /** Writes down that the values were replaced, and the number of the generation that this made. */
    BundleRow rotated(Transaction tx, long newGeneration, Instant now) {
        tx.update("UPDATE bundles SET generation = :generation, last_rotated_at = :now WHERE id = :id")
                .bind("generation", newGeneration)
                .bind("now", now.toEpochMilli())
                .bind("id", id)
                .execute();
        return new BundleRow(tenant, id, slot, name, newGeneration, createdAt, now);
    }

    void delete(Transaction tx) {
        tx.update("DELETE FROM bundle_values WHERE bundle_id = :id")
                .bind("id", id)
                .execute();
        tx.update("DELETE FROM bundles WHERE id = :id").bind("id", id).execute();
    }

    Bundle bundle(List<KeyName> keyNames) {
        return new Bundle(id, name, keyNames, createdAt, lastRotatedAt);
    }

    private static BundleRow from(ResultSet row, StatementContext context) throws SQLException {
        long rotated = row.getLong("last_rotated_at");
        Instant lastRotatedAt = row.wasNull() ? null : Instant.ofEpochMilli(rotated);
        return new BundleRow(
                new TenantId(row.getString("tenant")),
                row.getString("id"),
                row.getLong("slot"),
                new BundleName(row.getString("name")),
                row.getLong("generation"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                lastRotatedAt);
    }
}
