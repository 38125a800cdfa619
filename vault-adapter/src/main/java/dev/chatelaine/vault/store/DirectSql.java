package dev.chatelaine.vault.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * The statements that every request of the gateway makes, by JDBC alone: of a small one, what Jdbi does around it is a
 * good part of the cost. {@code ?} are parameters: text, whole numbers, bytes and null. Part of its transaction, and
 * bound to the same thread; fails as that does, with a {@link JdbiException} where the database fails.
 */
public final class DirectSql {
    private final Statements statements;
    private final Runnable changing;

    /**
     * Statements of a transaction.
     *
     * @param changing told before each change
     */
    DirectSql(Statements statements, Runnable changing) {
        this.statements = statements;
        this.changing = changing;
    }

    /** The first row that a query finds. */
    public <T> Optional<T> first(String sql, RowReader<T> reader, @Nullable Object... values) {
        return with(sql, statement -> {
            bind(statement, values);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(reader.read(rows)) : Optional.empty();
            }
        });
    }

    /** All rows that a query finds. */
    public <T> List<T> all(String sql, RowReader<T> reader, @Nullable Object... values) {
        return with(sql, statement -> {
            bind(statement, values);
            try (ResultSet rows = statement.executeQuery()) {
                List<T> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(reader.read(rows));
                }
                return found;
            }
        });
    }

    /**
     * All rows that a query finds for any of some values.
     *
     * @param sql with {@code <values>} where the parameters are, and no other parameter after them
     * @param before what is bound to the parameters before those
     */
    public <T> List<T> allOf(String sql, RowReader<T> reader, Collection<String> values, @Nullable Object... before) {
        if (values.isEmpty()) {
            return List.of();
        }
        List<@Nullable Object> bound = new ArrayList<>(List.of(before));
        bound.addAll(values);
        // As many as the next power of two, so that there are few such statements to be kept.
        int marks = Integer.highestOneBit(2 * values.size() - 1);
        String last = values.stream().skip(values.size() - 1L).findFirst().orElseThrow();
        bound.addAll(Collections.nCopies(marks - values.size(), last));
        return all(sql.replace("<values>", "?" + ", ?".repeat(marks - 1)), reader, bound.toArray());
    }

    /** Changes rows, and answers how many. */
    public int change(String sql, @Nullable Object... values) {
        changing.run();
        return with(sql, statement -> {
            bind(statement, values);
            return statement.executeUpdate();
        });
    }

    /** Makes one change for each of some rows of values. */
    public void changeEach(String sql, Collection<@Nullable Object[]> rows) {
        changing.run();
        with(sql, statement -> {
            for (@Nullable Object[] values : rows) {
                bind(statement, values);
                statement.addBatch();
            }
            return statement.executeBatch();
        });
    }

    private interface Use<T> {
        T of(PreparedStatement statement) throws SQLException;
    }

    private <T> T with(String sql, Use<T> use) {
        try {
            PreparedStatement statement = statements.take(sql);
            try {
                return use.of(statement);
            } finally {
                statements.giveBack(statement);
            }
        } catch (SQLException e) {
            throw new StatementFailedException(e);
        }
    }

    private static void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }
}
