package dev.chatelaine.vault.rotation;

import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.crypto.Kind;
import dev.chatelaine.vault.crypto.Place;
import dev.chatelaine.vault.crypto.SealedValue;
import dev.chatelaine.vault.store.Transaction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table that holds a tenant's sealed values, one per record and version, in the columns {@code tenant}, {@code
 * sealed} and {@code key_id}.
 */
enum SealedTable {
    SECRET_VERSIONS("secret_versions", "secret_id", "number", Kind.SECRET),
    LLM_KEYS("llm_keys", "configuration_id", "version", Kind.LLM_KEY),
    BUNDLE_VALUES("bundle_values", "record", "version", Kind.BUNDLE_VALUE),
    SESSION_VALUES("session_values", "record", "version", Kind.SESSION_SNAPSHOT),
    POOL_KEYS("pool_keys", "provider", "version", Kind.POOL_KEY);

    private final String table;
    private final String record;
    private final String version;
    private final Kind kind;

    SealedTable(String table, String record, String version, Kind kind) {
        this.table = table;
        this.record = record;
        this.version = version;
        this.kind = kind;
    }

    /** A value and where it is; null where it cannot be a sealed value. */
    record Row(Place place, @Nullable SealedValue sealed) {
        @Override
        public String toString() {
            return place.kind() + " " + place.recordId() + " version " + place.version();
        }
    }

    long countNotUnder(Transaction tx, TenantId tenant, long keyId) {
        return tx.query("SELECT COUNT(*) FROM " + table + " WHERE tenant = :tenant AND key_id <> :key")
                .bind("tenant", tenant.value())
                .bind("key", keyId)
                .mapTo(Long.class)
                .one();
    }

    /** The next rows, at most so many, that another key sealed, in the order of their records and versions. */
    List<Row> notUnder(Transaction tx, TenantId tenant, long keyId, String afterRecord, long afterVersion, int most) {
        String sql = "SELECT " + record + ", " + version + ", sealed FROM " + table
                + " WHERE tenant = :tenant AND key_id <> :key"
                + " AND (" + record + " > :record OR (" + record + " = :record AND " + version + " > :version))"
                + " ORDER BY " + record + ", " + version + " LIMIT :most";
        return tx.query(sql)
                .bind("tenant", tenant.value())
                .bind("key", keyId)
                .bind("record", afterRecord)
                .bind("version", afterVersion)
                .bind("most", most)
                .map((row, context) ->
                        new Row(new Place(tenant, kind, row.getString(1), row.getLong(2)), sealed(row.getBytes(3))))
                .list();
    }

    void replace(Transaction tx, Place place, SealedValue sealed) {
        tx.update("UPDATE " + table + " SET sealed = :sealed, key_id = :key WHERE tenant = :tenant AND " + record
                        + " = :record AND " + version + " = :version")
                .bind("sealed", sealed.bytes())
                .bind("key", sealed.keyId())
                .bind("tenant", place.tenant().value())
                .bind("record", place.recordId())
                .bind("version", place.version())
                .execute();
    }

    private static @Nullable SealedValue sealed(byte[] bytes) {
        try {
            return new SealedValue(bytes);
        } catch (VaultException e) {
            return null;
        }
    }
}
