package dev.chatelaine.vault.bundle;

import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.crypto.Kind;
import dev.chatelaine.vault.crypto.Place;
import dev.chatelaine.vault.crypto.PlacedValue;
import dev.chatelaine.vault.crypto.SealedValue;
import dev.chatelaine.vault.store.Transaction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * A value of a bundle as it is on disk.
 *
 * @param slot which of the bundle's 50 places it takes
 * @param place where it is sealed
 * @param bytes what is there, be it a sealed value or not
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record BundleValueRow(BundleRow bundle, long slot, KeyName key, Place place, byte[] bytes) {

    /** Where a bundle's value under a key is sealed, in one of its generations. */
    static Place place(BundleRow bundle, KeyName key, long generation) {
        return new Place(bundle.tenant(), Kind.BUNDLE_VALUE, record(bundle, key), generation);
    }

    static List<BundleValueRow> list(Transaction tx, BundleRow bundle) {
        return tx.query("SELECT slot, key_name, version, sealed FROM bundle_values WHERE bundle_id = :bundle"
                        + " AND tenant = :tenant ORDER BY key_name")
                .bind("bundle", bundle.id())
                .bind("tenant", bundle.tenant().value())
                .map((row, context) -> {
                    KeyName key = new KeyName(row.getString("key_name"));
                    Place place = place(bundle, key, row.getLong("version"));
                    return new BundleValueRow(bundle, row.getLong("slot"), key, place, row.getBytes("sealed"));
                })
                .list();
    }

    static SortedMap<KeyName, PlacedValue> placed(Transaction tx, BundleRow bundle) {
        SortedMap<KeyName, PlacedValue> values = new TreeMap<>();
        list(tx, bundle).forEach(row -> values.put(row.key(), row.value()));
        return values;
    }

    /** The keys of all of a tenant's bundles, by the bundles' ids; no value is read. */
    static Map<String, List<KeyName>> keys(Transaction tx, TenantId tenant) {
        Map<String, List<KeyName>> keys = new TreeMap<>();
        tx.query("SELECT bundle_id, key_name FROM bundle_values WHERE tenant = :tenant ORDER BY bundle_id, key_name")
                .bind("tenant", tenant.value())
                .map((row, context) -> Map.entry(row.getString(1), new KeyName(row.getString(2))))
                .forEach(row -> keys.computeIfAbsent(row.getKey(), id -> new ArrayList<>())
                        .add(row.getValue()));
        return keys;
    }

    /** Writes values, in place of those that the same keys have. */
    static void save(Transaction tx, Collection<BundleValueRow> rows) {
        PreparedBatch batch = tx.batch("INSERT INTO bundle_values (record, bundle_id, tenant, slot, key_name, version,"
                + " sealed, key_id) VALUES (:record, :bundle, :tenant, :slot, :key, :version, :sealed, :keyId)"
                + " ON CONFLICT (record) DO UPDATE SET version = :version, sealed = :sealed, key_id = :keyId");
        for (BundleValueRow row : rows) {
            batch.bind("record", row.place().recordId())
                    .bind("bundle", row.bundle().id())
                    .bind("tenant", row.bundle().tenant().value())
                    .bind("slot", row.slot())
                    .bind("key", row.key().value())
                    .bind("version", row.place().version())
                    .bind("sealed", row.bytes())
                    .bind("keyId", row.value().sealed().keyId())
                    .add();
        }
        if (!rows.isEmpty()) {
            batch.execute();
        }
    }

    static void delete(Transaction tx, BundleRow bundle, Collection<KeyName> keys) {
        PreparedBatch batch = tx.batch("DELETE FROM bundle_values WHERE record = :record");
        keys.forEach(key -> batch.bind("record", record(bundle, key)).add());
        if (!keys.isEmpty()) {
            batch.execute();
        }
    }

    /**
     * The sealed value.
     *
     * @throws dev.chatelaine.vault.VaultException {@code integrity_failed} when what is there cannot be one
     */
    PlacedValue value() {
        return new PlacedValue(place, new SealedValue(bytes));
    }

    private static String record(BundleRow bundle, KeyName key) {
        return bundle.id() + "/" + key;
    }
}
