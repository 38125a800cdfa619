package dev.chatelaine.vault.bundle;

import dev.chatelaine.vault.crypto.PlacedValue;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A bundle with its values as they are on disk.
 *
 * @param id {@code bun_…}
 * @param name its name
 * @param values the sealed values by their keys
 */
public record SealedBundle(String id, BundleName name, SortedMap<KeyName, PlacedValue> values) {
    public SealedBundle {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }
}
