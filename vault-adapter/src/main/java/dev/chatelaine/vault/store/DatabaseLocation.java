package dev.chatelaine.vault.store;

import java.nio.file.Path;
import java.time.Clock;

/** Where a vault's database is. What it says of itself may be shown to anybody. */
public sealed interface DatabaseLocation {

    /** A SQLite file on a local disk, which is made with its folder when it is not there. */
    record SqliteFile(Path path) implements DatabaseLocation {
        @Override
        public Database open(Clock clock) {
            return SqliteDatabase.open(path, clock);
        }

        @Override
        public String toString() {
            return path.toString();
        }
    }

    /** A PostgreSQL database. */
    record PostgreSql(PostgresUrl url) implements DatabaseLocation {
        /** Whether the URL has a password in it. */
        public boolean hasPassword() {
            return url.hasPassword();
        }

        /** The same database with this password. */
        public PostgreSql withPassword(String password) {
            return new PostgreSql(url.withPassword(password));
        }

        @Override
        public Database open(Clock clock) {
            return PostgresDatabase.open(url, PostgresLimits.USUAL, clock);
        }

        @Override
        public String toString() {
            return url.toString();
        }
    }

    /** The SQLite file of that path. */
    static DatabaseLocation file(Path path) {
        return new SqliteFile(path);
    }

    /**
     * The PostgreSQL database of a URL: {@code postgresql://user:password@host:port/database?sslmode=verify-full}.
     *
     * @throws dev.chatelaine.vault.VaultException {@code invalid_field} when it is not understood; no message has the
     *     URL in it
     */
    static DatabaseLocation url(String url) {
        return new PostgreSql(PostgresUrl.parse(url));
    }

    /**
     * Opens the database, and brings its schema up to date.
     *
     * @throws dev.chatelaine.vault.VaultException {@code vault_unavailable}, saying what is needed
     */
    Database open(Clock clock);
}
