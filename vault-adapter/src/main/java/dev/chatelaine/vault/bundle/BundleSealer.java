package dev.chatelaine.vault.bundle;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.crypto.Keyrings;
import dev.chatelaine.vault.crypto.Place;
import dev.chatelaine.vault.crypto.PlacedValue;
import dev.chatelaine.vault.crypto.SealedValue;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.crypto.TenantKeyring;
import dev.chatelaine.vault.store.Transaction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** The values of bundles, sealed one by one. */
final class BundleSealer {
    private final Keyrings keyrings;

    BundleSealer(Keyrings keyrings) {
        this.keyrings = keyrings;
    }

    /** Stores the values of a new bundle. */
    void first(Transaction tx, BundleRow bundle, BundleValues values) {
        save(tx, bundle, bundle.generation(), Map.of(), values.values());
    }

    /**
     * Stores the values that differ from those that the bundle has, as those of the next generation, and drops the rest
     * of what it has. A value that no longer opens differs from any.
     */
    BundleChange replace(Transaction tx, BundleRow bundle, BundleValues values) {
        TenantKeyring keyring = keyrings.of(tx, bundle.tenant());
        Map<KeyName, BundleValueRow> present =
                BundleValueRow.list(tx, bundle).stream().collect(Collectors.toMap(BundleValueRow::key, row -> row));
        SortedMap<KeyName, SecretValue> different = new TreeMap<>(values.values());
        different.entrySet().removeIf(entry -> {
            BundleValueRow row = present.get(entry.getKey());
            return row != null && holds(keyring, row, entry.getValue());
        });
        Set<KeyName> removed = new TreeSet<>(present.keySet());
        removed.removeAll(values.values().keySet());
        BundleValueRow.delete(tx, bundle, removed);
        present.keySet().removeAll(removed);
        SortedMap<KeyName, PlacedValue> stored = save(tx, bundle, bundle.generation() + 1, present, different);
        return new BundleChange(bundle.tenant(), bundle.id(), stored, removed);
    }

    SecretValue open(Transaction tx, PlacedValue value) {
        return keyrings.of(tx, value.place().tenant()).open(value.sealed(), value.place());
    }

    /** Seals values as those of a generation; one that has no slot yet gets a free one. */
    private SortedMap<KeyName, PlacedValue> save(
            Transaction tx,
            BundleRow bundle,
            long generation,
            Map<KeyName, BundleValueRow> present,
            SortedMap<KeyName, SecretValue> values) {
        TenantKeyring keyring = keyrings.of(tx, bundle.tenant());
        Iterator<Long> free = freeSlots(present.values());
        SortedMap<KeyName, PlacedValue> stored = new TreeMap<>();
        List<BundleValueRow> rows = new ArrayList<>();
        values.forEach((key, value) -> {
            Place place = BundleValueRow.place(bundle, key, generation);
            SealedValue sealed = keyring.seal(value, place);
            BundleValueRow before = present.get(key);
            long slot = before == null ? free.next() : before.slot();
            rows.add(new BundleValueRow(bundle, slot, key, place, sealed.bytes()));
            stored.put(key, new PlacedValue(place, sealed));
        });
        BundleValueRow.save(tx, rows);
        return stored;
    }

    private static Iterator<Long> freeSlots(Collection<BundleValueRow> present) {
        Set<Long> taken = present.stream().map(BundleValueRow::slot).collect(Collectors.toSet());
        return LongStream.rangeClosed(1, BundleValues.MOST)
                .filter(slot -> !taken.contains(slot))
                .iterator();
    }

    private static boolean holds(TenantKeyring keyring, BundleValueRow stored, SecretValue value) {
        try {
            return keyring.open(stored.value().sealed(), stored.place()).equals(value);
        } catch (VaultException e) {
            if (e.code() == ErrorCode.INTEGRITY_FAILED) {
                return false;
            }
            throw e;
        }
    }
}
