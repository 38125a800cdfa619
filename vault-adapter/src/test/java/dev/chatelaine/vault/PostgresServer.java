package dev.chatelaine.vault;

import dev.chatelaine.vault.store.DatabaseLocation;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A real PostgreSQL for the tests of one JVM, begun when the first of them asks. It forgets all with a loss of power,
 * and is fast. A test's database goes when its folder has gone.
 */
public final class PostgresServer implements AutoCloseable {
    /** With characters that a URL must encode; searched for wherever something is told. */
    public static final String PASSWORD = "pg-/@:?#%passwört-0815";

    private static final String USER = "postgres";
    private static final String TEMPLATE = "prepared_vault";

    private final EmbeddedPostgres server;
    private final Map<String, Path> databases = new LinkedHashMap<>();
    private boolean prepared;

    /** Begun by whoever first asks for the server that all tests of this JVM share. */
    private static final class Shared {
        private static final PostgresServer SERVER = start();
    }

    private PostgresServer(EmbeddedPostgres server) {
        this.server = server;
    }

    /** The server that the tests of this JVM share; it ends with the JVM. */
    public static PostgresServer shared() {
        return Shared.SERVER;
    }

    /** A server of a test's own. */
    public static PostgresServer start() {
        return start(EmbeddedPostgres.builder().setPort(FreePort.next()));
    }

    /** A server of a test's own that can be begun again over the same folder and port. */
    public static PostgresServer start(Path folder, int port) {
        return start(EmbeddedPostgres.builder()
                .setDataDirectory(folder)
                .setCleanDataDirectory(false)
                .setPort(port));
    }

    private static PostgresServer start(EmbeddedPostgres.Builder builder) {
        try {
            return new PostgresServer(builder.setServerConfig("fsync", "off")
                    .setServerConfig("full_page_writes", "off")
                    .setServerConfig("synchronous_commit", "off")
                    .setServerConfig("max_connections", "300")
                    // As talkative about failures as a server can be, in a file beside the databases.
                    .setServerConfig("logging_collector", "on")
                    .setServerConfig("log_error_verbosity", "verbose")
                    .setServerConfig("log_parameter_max_length_on_error", "-1")
                    .setServerConfig("shared_buffers", "64MB")
                    .start());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    public int port() {
        return server.getPort();
    }

    /** The URL of the database that belongs to a path, which is made at the first time of asking. */
    synchronized String database(Path path, boolean withSchema) {
        String name = "t" + Integer.toUnsignedString(path.toString().hashCode(), 36) + "_"
                + Integer.toUnsignedString(
                        new StringBuilder(path.toString()).reverse().toString().hashCode(), 36);
        if (!databases.containsKey(name)) {
            dropForgotten();
            create(name, withSchema ? template() : "template0");
            databases.put(name, path);
        }
        return url(name);
    }

    /** Makes an empty database and answers its URL. */
    public String create(String name) {
        create(name, "template0");
        return url(name);
    }

    /** The URL of a database here, for a user whom no password keeps out. */
    public String url(String database) {
        return url(USER, database);
    }

    public String url(String user, String database) {
        return "postgresql://" + user + ":"
                + URLEncoder.encode(PASSWORD, StandardCharsets.UTF_8).replace("+", "%20") + "@localhost:" + port()
                + "/" + database;
    }

    /** A connection of the superuser's to the database of a URL. */
    public Connection connect(String url) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://localhost:" + port() + "/"
                + url.substring(url.lastIndexOf('/') + 1) + "?user=" + USER + "&preferQueryMode=simple");
    }

    /** Runs statements as the superuser, each by itself, in no vault's database. */
    public void administer(String... statements) {
        try (Connection connection = connect("/postgres");
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private void create(String name, String template) {
        administer("CREATE DATABASE " + name + " TEMPLATE " + template);
    }

    private String template() {
        if (!prepared) {
            create(TEMPLATE, "template0");
            DatabaseLocation.url(url(TEMPLATE)).open(Clock.systemUTC()).close();
            prepared = true;
        }
        return TEMPLATE;
    }

    private void dropForgotten() {
        databases.entrySet().removeIf(entry -> {
            boolean forgotten = !Files.exists(entry.getValue().getParent());
            if (forgotten) {
                administer("DROP DATABASE IF EXISTS " + entry.getKey() + " WITH (FORCE)");
            }
            return forgotten;
        });
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
