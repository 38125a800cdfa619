package dev.chatelaine.vault.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of a {@link StoredTable}, one value for each column. Sealed values are in it as they are on disk. */
record StoredRow(StoredTable table, List<@Nullable Object> values) {
    StoredRow {
        values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    static StoredRow of(StoredTable table, ResultSet row) throws SQLException {
        List<@Nullable Object> values = new ArrayList<>(table.columns().size());
        for (int i = 0; i < table.columns().size(); i++) {
            values.add(table.columns().get(i).type().read(row, i + 1));
        }
        return new StoredRow(table, values);
    }

    void bind(PreparedStatement insertion) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            table.columns().get(i).type().bind(insertion, i + 1, values.get(i));
        }
    }

    @Nullable
    Object value(String column) {
        return values.get(index(column));
    }

    /** The same row with another value in one column. */
    StoredRow with(String column, Object value) {
        List<@Nullable Object> changed = new ArrayList<>(values);
        changed.set(index(column), value);
        return new StoredRow(table, changed);
    }

    /** About how many bytes the row takes. */
    int size() {
        int size = 0;
        for (Object value : values) {
            size += value instanceof byte[] bytes ? bytes.length : value instanceof String text ? text.length() : 8;
        }
        return size;
    }

    private int index(String column) {
        for (int i = 0; i < table.columns().size(); i++) {
            if (table.columns().get(i).name().equals(column)) {
                return i;
            }
        }
        throw new IllegalArgumentException(column);
    }

    @Override
    public String toString() {
        return "a row of " + table.name();
    }
}
