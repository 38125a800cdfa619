package dev.chatelaine.vault.store;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a file holds a vault that can be copied as it is. Stateless; changes nothing. */
final class SourceFile {
    private SourceFile() {}

    static void refuseUnusable(Path file) {
        if (!Files.exists(file)) {
            throw new VaultException(ErrorCode.VAULT_UNAVAILABLE, "There is no vault at {}: nothing to move.", file)
                    .withNext("Name its folder with --home or CHATELAINE_HOME.");
        }
        if (!Files.isReadable(file)) {
            throw new VaultException(
                            ErrorCode.VAULT_UNAVAILABLE, "The database {} may not be read. Nothing was changed.", file)
                    .withNext("Run the command as the user to whom the file belongs.");
        }
        DatabaseInspection seen = DatabaseInspection.of(file);
        refuseDamaged(file, seen);
        refuseOtherVersions(file, seen);
    }

    private static void refuseDamaged(Path file, DatabaseInspection seen) {
        if (!seen.faults().isEmpty()) {
            throw new VaultException(
                            ErrorCode.VAULT_UNAVAILABLE,
                            "The database {} is damaged: {}. Nothing was changed.",
                            file,
                            seen.faults().get(0))
                    .withNext("Restore it from your backup, with its root key.");
        }
        if (seen.schema() == 0) {
            throw new VaultException(
                            ErrorCode.VAULT_UNAVAILABLE,
                            "The database {} is not a Chatelaine vault. Nothing was changed.",
                            file)
                    .withNext("Check the path; if your vault was there, restore it from your backup.");
        }
    }

    private static void refuseOtherVersions(Path file, DatabaseInspection seen) {
        if (seen.schema() > seen.knownSchema()) {
            throw Migrations.newer(seen.schema());
        }
        if (seen.schema() < seen.knownSchema()) {
            throw new VaultException(
                            ErrorCode.VAULT_UNAVAILABLE,
                            "The database {} was made by an older Chatelaine (schema {}; this one has {}) and is never"
                                    + " changed here. Nothing was changed.",
                            file,
                            seen.schema(),
                            seen.knownSchema())
                    .withNext("chatelaine doctor    (opens the vault, which brings its schema up to date)");
        }
    }
}
