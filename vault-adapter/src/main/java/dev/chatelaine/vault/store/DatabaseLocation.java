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

    /** The SQLite file of that path. */
    static DatabaseLocation file(Path path) {
        return new SqliteFile(path);
    }

    /**
     * Opens the database, and brings its schema up to date.
     *
     * @throws dev.chatelaine.vault.VaultException {@code vault_unavailable}, saying what is needed
     */
    Database open(Clock clock);
}
