package dev.chatelaine.vault.store;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.sqlite.SQLiteConfig.TransactionMode;

/**
 * The file that holds a vault. A new one is made whole under another name and then given its own, so that a start that
 * is killed leaves none; whatever is found under the name was a vault, and is never begun anew. For use by one process
 * at a time.
 */
final class SqliteFile {
    private final Path file;
    private final Clock clock;

    SqliteFile(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    /** Makes the file if it is not there; makes it its owner's alone if it is, before SQLite makes others like it. */
    void prepare() throws IOException, SQLException {
        if (Files.exists(file)) {
            refuseEmpty();
            if (Files.isWritable(file)) {
                PrivateFiles.restrict(file);
            }
        } else {
            refuseLostLog();
            make();
        }
    }

    /** Brings the schema up to date. */
    void migrate(Connection connection) throws SQLException {
        Migrations migrations = new Migrations(connection, new SqliteDialect(file), clock);
        if (migrations.applied() == 0) {
            throw new VaultException(
                            ErrorCode.VAULT_UNAVAILABLE,
                            "The database {} is not a Chatelaine vault. Nothing was changed.",
                            file)
                    .withNext("Check the path; if your vault was there, restore it from your backup.");
        }
        migrations.apply();
    }

    private void make() throws IOException, SQLException {
        Path draft = beside(".new");
        for (String suffix : List.of(".new", ".new-journal", ".new-wal", ".new-shm")) {
            Files.deleteIfExists(beside(suffix));
        }
        PrivateFiles.open(draft, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))
                .close();
        try (SqliteConnections connections = new SqliteConnections(draft, TransactionMode.IMMEDIATE)) {
            Connection connection = connections.openConnection();
            try {
                new Migrations(connection, new SqliteDialect(file), clock).apply();
            } finally {
                connections.closeConnection(connection);
            }
        }
        refuseUnfinished();
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        PrivateFiles.moveInto(file, draft);
    }

    private void refuseUnfinished() throws IOException {
        if (Files.exists(beside(".new-wal"))) {
            throw new IOException("SQLite did not finish the new database");
        }
    }

    /** A file of no bytes was a vault once: never begin anew over it. */
    private void refuseEmpty() throws IOException {
        if (Files.size(file) == 0) {
            throw new VaultException(
                            ErrorCode.VAULT_UNAVAILABLE, "The database {} is empty: it was cut to no bytes.", file)
                    .withNext("Restore it from your backup. If it never was a vault, delete it and start again.");
        }
    }

    /** SQLite would write what an old log holds into the new database. */
    private void refuseLostLog() throws IOException {
        Path log = beside("-wal");
        if (Files.exists(log) && Files.size(log) > 0) {
            throw new VaultException(
                            ErrorCode.VAULT_UNAVAILABLE,
                            "The database {} is gone, and its log {} is still there. Nothing was changed.",
                            file,
                            log.getFileName())
                    .withNext("Put the database back beside its log, or move the log away to begin a new vault.");
        }
        Files.deleteIfExists(log);
        Files.deleteIfExists(beside("-shm"));
    }

    private Path beside(String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }
}
