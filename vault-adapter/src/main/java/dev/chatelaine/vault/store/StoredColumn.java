package dev.chatelaine.vault.store;

/** A column of a {@link StoredTable}. */
record StoredColumn(String name, StoredType type) {}
