package dev.chatelaine.vault.store;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/** The three types of the schema. SQLite keeps anything in any column, so what is read is looked at. */
enum StoredType {
    TEXT(Types.VARCHAR) {
        @Override
        boolean holds(Object value) {
            return value instanceof String;
        }

        @Override
        byte[] bytes(Object value) {
            return ((String) value).getBytes(StandardCharsets.UTF_8);
        }
    },
    BIGINT(Types.BIGINT) {
        @Override
        boolean holds(Object value) {
            return value instanceof Long || value instanceof Integer;
        }

        @Override
        byte[] bytes(Object value) {
            return ByteBuffer.allocate(Long.BYTES)
                    .putLong(((Number) value).longValue())
                    .array();
        }
    },
    BYTEA(Types.BINARY) {
        @Override
        boolean holds(Object value) {
            return value instanceof byte[];
        }

        @Override
        byte[] bytes(Object value) {
            return (byte[]) value;
        }
    };

    private final int jdbc;

    StoredType(int jdbc) {
        this.jdbc = jdbc;
    }

    abstract boolean holds(Object value);

    /** What is hashed for a value: the same for both databases. */
    abstract byte[] bytes(Object value);

    /**
     * A value of this type, or null.
     *
     * @throws VaultException {@code integrity_failed} when it is of another
     */
    @Nullable
    Object read(ResultSet row, int column) throws SQLException {
        Object value = row.getObject(column);
        if (value != null && !holds(value)) {
            throw new VaultException(
                            ErrorCode.INTEGRITY_FAILED,
                            "The database has a row that was never written by Chatelaine: text where a number has to be,"
                                    + " or the like. Nothing was changed.")
                    .withNext("Restore the database from your backup.");
        }
        return value;
    }

    void bind(PreparedStatement statement, int column, @Nullable Object value) throws SQLException {
        if (value == null) {
            statement.setNull(column, jdbc);
        } else if (value instanceof byte[] bytes) {
            statement.setBytes(column, bytes);
        } else if (value instanceof String text) {
            statement.setString(column, text);
        } else {
            statement.setLong(column, ((Number) value).longValue());
        }
    }
}
