package dev.chatelaine.vault.store;

import dev.chatelaine.vault.VaultException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * A look at a database file from outside, which changes nothing.
 *
 * @param schema the number of the newest step that was applied to it; 0 where it holds no vault
 * @param knownSchema the number of the newest step that this program knows
 * @param faults what SQLite finds wrong with the file's structure, at most ten; empty when all is well
 */
public record DatabaseInspection(int schema, int knownSchema, List<String> faults) {
    public DatabaseInspection {
        faults = List.copyOf(faults);
    }

    /**
     * Inspects a file that is there.
     *
     * @throws VaultException {@code vault_unavailable} when it cannot be read or is no database
     */
    public static DatabaseInspection of(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        try (Connection connection = connect(config, file.toAbsolutePath().toString());
                Statement statement = connection.createStatement()) {
            return new DatabaseInspection(schema(connection, statement), Migrations.known(), faults(statement));
        } catch (SQLException e) {
            throw new SqliteDialect(file.toAbsolutePath()).unavailable(e);
        }
    }

    /** The version of the SQLite library in use: {@code 3.54.1}. */
    public static String library() {
        try (Connection connection = connect(new SQLiteConfig(), ":memory:");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT sqlite_version()")) {
            return row.next() ? row.getString(1) : "unknown";
        } catch (SQLException e) {
            throw new SqliteDialect(Path.of(":memory:").toAbsolutePath()).unavailable(e);
        }
    }

    private static Connection connect(SQLiteConfig config, String file) throws SQLException {
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source.getConnection();
    }

    private static int schema(Connection connection, Statement statement) throws SQLException {
        try (ResultSet table = connection.getMetaData().getTables(null, null, "schema_steps", null)) {
            if (!table.next()) {
                return 0;
            }
        }
        try (ResultSet row = statement.executeQuery("SELECT MAX(step) FROM schema_steps")) {
            return row.next() ? row.getInt(1) : 0;
        }
    }

    private static List<String> faults(Statement statement) throws SQLException {
        List<String> faults = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("PRAGMA quick_check(10)")) {
            while (rows.next()) {
                faults.add(rows.getString(1));
            }
        }
        return faults.equals(List.of("ok")) ? List.of() : faults;
    }
}
