package dev.chatelaine.vault.bundle;

import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.crypto.PlacedValue;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is different about a bundle since its values were replaced.
 *
 * @param tenant whose it is
 * @param bundleId {@code bun_…}
 * @param stored the new values, and those of new keys
 * @param removed the keys that it has no more
 */
public record BundleChange(
        TenantId tenant, String bundleId, SortedMap<KeyName, PlacedValue> stored, Set<KeyName> removed) {
    public BundleChange {
        stored = Collections.unmodifiableSortedMap(new TreeMap<>(stored));
        removed = Collections.unmodifiableSet(new TreeSet<>(removed));
    }

    /** Whether nothing is different. */
    public boolean isNone() {
        return stored.isEmpty() && removed.isEmpty();
    }
}
