package dev.chatelaine.vault.crypto;

import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.store.Transaction;
import java.util.List;
import java.util.Optional;

/** A tenant's keyring as it is on disk. */
record KeyringRow(
        TenantId tenant, long revision, long rootKeyId, long primaryKeyId, SealedValue values, SealedValue audit) {
    private static final String SELECT = "SELECT * FROM tenant_keyrings WHERE tenant = ?";

    static Optional<KeyringRow> find(Transaction tx, TenantId tenant) {
        return tx.direct()
                .first(
                        SELECT,
                        row -> new KeyringRow(
                                tenant,
                                row.getLong("revision"),
                                row.getLong("root_key_id"),
                                row.getLong("primary_key_id"),
                                new SealedValue(row.getBytes("sealed_values_keyset")),
                                new SealedValue(row.getBytes("sealed_audit_keyset"))),
                        tenant.value());
    }

    static Optional<KeyringRow> findForUpdate(Transaction tx, TenantId tenant) {
        tx.hold(SELECT, tenant.value());
        return find(tx, tenant);
    }

    /** Whether the row's parts were sealed by the key it names: one that was changed names a key that never was. */
    boolean isConsistent() {
        return values.keyId() == rootKeyId && audit.keyId() == rootKeyId;
    }

    /** The next tenants by name, at most this many, whose keyring another root key sealed. */
    static List<TenantId> notUnder(Transaction tx, long rootKeyId, String after, int most) {
        return tx.query("SELECT tenant FROM tenant_keyrings WHERE root_key_id <> :key AND tenant > :after"
                        + " ORDER BY tenant LIMIT :most")
                .bind("key", rootKeyId)
                .bind("after", after)
                .bind("most", most)
                .map((row, context) -> new TenantId(row.getString(1)))
                .list();
    }

    static long countNotUnder(Transaction tx, long rootKeyId) {
        return tx.query("SELECT COUNT(*) FROM tenant_keyrings WHERE root_key_id <> :key")
                .bind("key", rootKeyId)
                .mapTo(Long.class)
                .one();
    }

    void insert(Transaction tx) {
        write(
                tx,
                "INSERT INTO tenant_keyrings (tenant, revision, root_key_id, primary_key_id, sealed_values_keyset,"
                        + " sealed_audit_keyset) VALUES (:tenant, :revision, :root, :primary, :values, :audit)");
    }

    void update(Transaction tx) {
        write(
                tx,
                "UPDATE tenant_keyrings SET revision = :revision, root_key_id = :root, primary_key_id = :primary,"
                        + " sealed_values_keyset = :values, sealed_audit_keyset = :audit WHERE tenant = :tenant");
    }

    private void write(Transaction tx, String sql) {
        tx.update(sql)
                .bind("tenant", tenant.value())
                .bind("revision", revision)
                .bind("root", rootKeyId)
                .bind("primary", primaryKeyId)
                .bind("values", values.bytes())
                .bind("audit", audit.bytes())
                .execute();
    }
}
