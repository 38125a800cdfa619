package dev.chatelaine.vault.move;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.crypto.RootKeySource;
import dev.chatelaine.vault.crypto.VaultIdentity;
import dev.chatelaine.vault.move.MoveResult.Outcome;
import dev.chatelaine.vault.rotation.Progress;
import dev.chatelaine.vault.store.Copied;
import dev.chatelaine.vault.store.Database;
import dev.chatelaine.vault.store.DatabaseCopy;
import dev.chatelaine.vault.store.DatabaseLocation;
import dev.chatelaine.vault.store.SqliteSnapshot;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.LongConsumer;

/**
 * Moves a vault from its SQLite file into an empty PostgreSQL database. The file is only read, at one moment's state;
 * others may read and write it meanwhile, and when somebody has written, the new database is not made the vault.
 * Interrupted wherever it may be, a move goes on when it is run again.
 */
public final class VaultMove {
    private final RootKeySource rootKey;
    private final Clock clock;
    private final SecureRandom random;

    /** Moves of the vault to which this root key belongs. */
    public VaultMove(RootKeySource rootKey, Clock clock, SecureRandom random) {
        this.rootKey = rootKey;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Moves it.
     *
     * @param faults whether a vault that has faults already is moved with them
     * @param progress told of steps: a row copied and a value opened are one each
     * @throws VaultException {@code vault_unavailable} when a side cannot be used, {@code conflict} when the database is
     *     not for this vault, {@code integrity_failed} when the file is damaged; the file is as it was, and the database
     *     is no vault
     */
    public MoveResult move(Path file, DatabaseLocation.PostgreSql to, boolean faults, Progress progress) {
        try (SqliteSnapshot source = SqliteSnapshot.open(file)) {
            VaultIdentity.Opened vault = VaultIdentity.openExisting(source, rootKey);
            long values = new VaultCheck(source, vault, clock, random).values();
            try (DatabaseCopy copy = begun(source, to)) {
                return moved(copy, to, vault, faults, new Steps(progress, copy.rows(), values));
            }
        }
    }

    /** Rows to copy, and then values to open. */
    private record Steps(Progress progress, long rows, long values) {
        void copied(long done) {
            progress.step(done, rows + values);
        }

        void opened(long done) {
            progress.step(rows + done, rows + values);
        }
    }

    private DatabaseCopy begun(SqliteSnapshot source, DatabaseLocation.PostgreSql to) {
        try {
            return DatabaseCopy.begin(source, to, clock);
        } catch (VaultException e) {
            throw new VaultException(e.code(), "{}", e.text())
                    .withNext(ofUrl(e))
                    .causedBy(e);
        }
    }

    private MoveResult moved(
            DatabaseCopy copy, DatabaseLocation to, VaultIdentity.Opened vault, boolean faults, Steps steps) {
        try {
            Copied copied = copy.run(steps::copied);
            CheckedVault checked = checked(to, vault, steps::opened);
            Outcome outcome = checked.faults().isEmpty() || faults ? finished(copy) : Outcome.FAULTY;
            return new MoveResult(outcome, vault.identity().vaultId(), copied, checked);
        } catch (VaultException e) {
            throw new VaultException(
                            e.code(),
                            "{} The move is not finished: the file is as it was, and the new database opens for nobody."
                                    + " Run the same command again, and it goes on.",
                            e.text().replace(" Nothing was changed.", ""))
                    .withNext(ofUrl(e))
                    .causedBy(e);
        }
    }

    /** Here the URL comes from elsewhere than everywhere else. */
    private static String ofUrl(VaultException e) {
        String next = e.next() == null ? "Run the same command again." : e.next();
        return e.code() == ErrorCode.VAULT_UNAVAILABLE ? next.replace("CHATELAINE_DATABASE_URL", "the URL") : next;
    }

    private static Outcome finished(DatabaseCopy copy) {
        return copy.finish() ? Outcome.MOVED : Outcome.SOURCE_CHANGED;
    }

    private CheckedVault checked(DatabaseLocation to, VaultIdentity.Opened vault, LongConsumer progress) {
        try (Database database = to.open(clock)) {
            return new VaultCheck(database, vault, clock, random).run(progress);
        }
    }
}
