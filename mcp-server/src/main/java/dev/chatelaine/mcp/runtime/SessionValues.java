package dev.chatelaine.mcp.runtime;

import dev.chatelaine.vault.bundle.KeyName;
import dev.chatelaine.vault.crypto.SecretValue;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The values of a session at one revision.
 *
 * @param revision counts up with each change
 * @param values by key
 */
public record SessionValues(long revision, SortedMap<KeyName, SecretValue> values) {
    public SessionValues {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }
}
