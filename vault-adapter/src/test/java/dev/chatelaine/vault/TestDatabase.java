package dev.chatelaine.vault;

import dev.chatelaine.vault.store.DatabaseLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The database of one test, on the backend that this run of the tests is about (the property {@code vault.database}):
 * the vault's way in on one side, raw SQL on the other. Known by the path that its file has on SQLite.
 *
 * @param file the SQLite file; on PostgreSQL what the database is named by
 * @param url the PostgreSQL database's URL; null on SQLite
 */
public record TestDatabase(Path file, @Nullable String url) {

    /** Whether this run of the tests is about PostgreSQL. */
    public static boolean isPostgres() {
        return "postgresql".equals(System.getProperty("vault.database"));
    }

    /** The database of that path, of which there is nothing yet. */
    public static TestDatabase of(Path file) {
        return new TestDatabase(file, isPostgres() ? PostgresServer.shared().database(named(file), false) : null);
    }

    /** The database of that path, whose schema is up to date where that saves time. */
    public static TestDatabase prepared(Path file) {
        return new TestDatabase(file, isPostgres() ? PostgresServer.shared().database(named(file), true) : null);
    }

    /** The folder is there as long as the test needs the database. */
    private static Path named(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            return file.toAbsolutePath();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    public DatabaseLocation location() {
        return url == null ? DatabaseLocation.file(file) : DatabaseLocation.url(url);
    }

    /** A connection past the vault, as somebody has who can write the database. */
    public Connection connect() throws SQLException {
        return url == null
                ? DriverManager.getConnection("jdbc:sqlite:" + file)
                : PostgresServer.shared().connect(url);
    }

    /** Runs statements past the vault; with them go the checks that the database would make. */
    public void sql(String... statements) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String unchecked : RawSql.unchecked(url != null)) {
                statement.execute(unchecked);
            }
            for (String sql : statements) {
                statement.execute(adapted(sql));
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Changes rows past the vault, as far as the database lets it; says how many. */
    public int execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            return statement.executeUpdate(adapted(sql));
        }
    }

    /** The first column of a query's rows, as text; {@code null} for what is not there. */
    public List<String> texts(String query) {
        List<String> texts = new ArrayList<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(adapted(query))) {
            while (rows.next()) {
                texts.add(String.valueOf(rows.getString(1)));
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return texts;
    }

    /** All that is stored, in a few characters: equal as long as nothing changes. */
    public String content() throws IOException {
        return url == null
                ? HexFormat.of().formatHex(Files.readAllBytes(file))
                : texts(RawSql.POSTGRES_ROWS).toString();
    }

    /** The files on PostgreSQL's server that hold the database as it is now; on SQLite they are in the test's folder. */
    public List<Path> files() throws IOException {
        if (url == null) {
            return List.of();
        }
        PostgresServer.shared().administer("CHECKPOINT");
        Path folder = Path.of(texts("SHOW data_directory").get(0));
        String id = texts("SELECT oid FROM pg_database WHERE datname = current_database()")
                .get(0);
        try (Stream<Path> rows = Files.walk(folder.resolve("base").resolve(id));
                Stream<Path> log = Files.walk(folder.resolve("log"))) {
            return Stream.concat(rows, log).filter(Files::isRegularFile).toList();
        }
    }

    private String adapted(String sql) {
        return url == null ? sql : RawSql.forPostgres(sql);
    }
}
