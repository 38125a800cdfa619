package dev.chatelaine.vault.store;

import java.sql.ResultSet;
import java.sql.SQLException;

/** Makes of a row what it stands for. */
@FunctionalInterface
public interface RowReader<T> {
    /** Reads the row that the cursor is at, and leaves the cursor there. */
    T read(ResultSet row) throws SQLException;
}
