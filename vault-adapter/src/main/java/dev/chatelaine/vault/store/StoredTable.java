package dev.chatelaine.vault.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A table of the schema as the database itself tells of it, so that none and no column is forgotten by what goes over
 * all of them.
 *
 * @param name the table
 * @param columns its columns, in their order
 * @param key the columns of its primary key, in the key's order
 * @param references the other tables whose rows its own name
 */
record StoredTable(String name, List<StoredColumn> columns, List<String> key, Set<String> references) {
    /** The vault's own record: with it a database is a vault. */
    static final String VAULT = "vault";

    /** Which steps the schema has had, which each database counts by itself. */
    static final String STEPS = "schema_steps";

    StoredTable {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
        references = Set.copyOf(references);
    }

    /** All tables of a SQLite database but the steps', each after those that it references. */
    static List<StoredTable> all(Connection sqlite) throws SQLException {
        List<StoredTable> left = new ArrayList<>();
        for (String name : strings(
                sqlite,
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> ?"
                        + " AND substr(name, 1, 7) <> 'sqlite_' ORDER BY name",
                STEPS)) {
            left.add(described(sqlite, name));
        }
        List<StoredTable> ordered = new ArrayList<>();
        Set<String> placed = new HashSet<>();
        while (!left.isEmpty()) {
            List<StoredTable> next = left.stream()
                    .filter(table -> placed.containsAll(table.references()))
                    .toList();
            if (next.isEmpty()) {
                throw new IllegalStateException("tables that reference each other in a circle");
            }
            next.forEach(table -> placed.add(table.name()));
            ordered.addAll(next);
            left.removeAll(next);
        }
        return ordered;
    }

    private static StoredTable described(Connection sqlite, String name) throws SQLException {
        List<StoredColumn> columns = new ArrayList<>();
        try (PreparedStatement query =
                sqlite.prepareStatement("SELECT name, type FROM pragma_table_info(?) ORDER BY cid")) {
            query.setString(1, name);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    columns.add(new StoredColumn(rows.getString(1), StoredType.valueOf(rows.getString(2))));
                }
            }
        }
        List<String> key = strings(sqlite, "SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk", name);
        List<String> references = strings(sqlite, "SELECT \"table\" FROM pragma_foreign_key_list(?)", name);
        return new StoredTable(name, columns, key, new HashSet<>(references));
    }

    private static List<String> strings(Connection sqlite, String sql, String argument) throws SQLException {
        List<String> strings = new ArrayList<>();
        try (PreparedStatement query = sqlite.prepareStatement(sql)) {
            query.setString(1, argument);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    strings.add(rows.getString(1));
                }
            }
        }
        return strings;
    }

    /** All rows, in the order of the key, which is the same in both databases. */
    String selection() {
        return "SELECT " + columnNames() + " FROM " + name + " ORDER BY " + String.join(", ", key);
    }

    /** One row, each column a parameter. */
    String insertion() {
        return "INSERT INTO " + name + " (" + columnNames() + ") VALUES ("
                + columns.stream().map(column -> "?").collect(Collectors.joining(", ")) + ")";
    }

    private String columnNames() {
        return columns.stream().map(StoredColumn::name).collect(Collectors.joining(", "));
    }
}
