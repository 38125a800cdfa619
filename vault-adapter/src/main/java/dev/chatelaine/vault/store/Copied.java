package dev.chatelaine.vault.store;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a copy brought about.
 *
 * @param tables what each table holds, by its name
 * @param present how many rows were there from an earlier run
 */
public record Copied(Map<String, TableContent> tables, long present) {
    public Copied {
        tables = Collections.unmodifiableMap(new TreeMap<>(tables));
    }

    /** How many rows there are in all tables. */
    public long rows() {
        return tables.values().stream().mapToLong(TableContent::rows).sum();
    }
}
