package dev.chatelaine.vault.move;

import dev.chatelaine.vault.store.Copied;
import java.util.Locale;

/**
 * What a move brought about.
 *
 * @param outcome how it ended
 * @param vaultId which vault
 * @param copied what was copied, the same on both sides
 * @param checked what was found in the new database
 */
public record MoveResult(Outcome outcome, String vaultId, Copied copied, CheckedVault checked) {

    /** How a move can end, but for failing. */
    public enum Outcome {
        /** The new database is the vault. */
        MOVED,
        /** Everything is there, and the vault had faults before: it was not declared the vault. */
        FAULTY,
        /** Everything is there as it was when the move began, and since then somebody wrote to the file. */
        SOURCE_CHANGED;

        /** The outcome's name: {@code source_changed}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether the new database is the vault now. */
    public boolean moved() {
        return outcome == Outcome.MOVED;
    }
}
