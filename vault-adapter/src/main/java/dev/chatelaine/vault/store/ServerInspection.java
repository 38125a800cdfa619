package dev.chatelaine.vault.store;

import dev.chatelaine.vault.VaultException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A look at a PostgreSQL database from outside, which changes nothing.
 *
 * @param schema the number of the newest step that was applied to it; 0 where it holds no vault
 * @param knownSchema the number of the newest step that this program knows
 * @param version the server's version: {@code 17.6}
 * @param encrypted whether the connection is under TLS
 * @param writable whether the database takes changes; a standby takes none
 */
public record ServerInspection(int schema, int knownSchema, String version, boolean encrypted, boolean writable) {

    /**
     * Inspects a database.
     *
     * @throws VaultException {@code vault_unavailable} when it cannot be reached or read
     */
    public static ServerInspection of(DatabaseLocation.PostgreSql location) {
        PostgresDialect dialect = new PostgresDialect(location.url());
        try (Connection connection = PostgresPool.single(location.url(), PostgresLimits.USUAL);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT current_setting('server_version'),"
                        + " COALESCE((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false),"
                        + " current_setting('transaction_read_only') = 'off'")) {
            row.next();
            String version = row.getString(1);
            boolean encrypted = row.getBoolean(2);
            boolean writable = row.getBoolean(3);
            int schema = Migrations.applied(connection, dialect);
            return new ServerInspection(schema, Migrations.known(), version, encrypted, writable);
        } catch (SQLException e) {
            throw dialect.unavailable(e);
        }
    }
}
