package dev.chatelaine.vault.secret;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.AccessPolicy;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Permission;
import dev.chatelaine.vault.audit.AuditLog;
import dev.chatelaine.vault.store.Database;
import java.util.List;

/** Going back: versions, deletion and restoring. The same promises as {@link Secrets}. */
public final class SecretHistory {
    private final Database database;
    private final AccessPolicy access;
    private final AuditLog audit;
    private final SecretIntake intake;
    private final SecretFinder finder;
    private final SecretVersions versions;
    private final SecretRows rows;
    private final SecretPurge purge;

    /** The history of a vault's secrets. */
    public SecretHistory(SecretParts parts, AccessPolicy access) {
        this.database = parts.database();
        this.audit = parts.audit();
        this.intake = parts.intake();
        this.versions = parts.versions();
        this.rows = parts.rows();
        this.purge = new SecretPurge(parts);
        this.finder = new SecretFinder(parts, access);
        this.access = access;
    }

    /**
     * The versions that are kept, the newest first.
     *
     * @throws VaultException {@code secret_not_found}
     */
    public List<SecretVersion> list(Actor actor, SecretName nameOrId) {
        access.require(actor, Permission.SECRETS_READ, "secret.history", nameOrId.value());
        return database.read(tx -> VersionRow.list(tx, finder.living(tx, actor, nameOrId)));
    }

    /**
     * Makes an older version's value the current one, as a new version.
     *
     * @throws VaultException {@code secret_not_found}, {@code version_not_found}, {@code byok_not_on_plan}
     */
    public SecretMetadata rollback(Actor actor, SecretName nameOrId, long version) {
        SecretRow meant = finder.livingToChange(actor, nameOrId, "secret.rollback");
        return database.write(tx -> {
            SecretRow row = finder.again(tx, meant);
            if (row.name().isProviderKey()) {
                intake.requireByok(tx, actor.tenant());
            }
            versions.copy(tx, actor, row, version);
            audit.append(tx, actor, "secret.rollback", row.name().value());
            return finder.reread(tx, row);
        });
    }

    /**
     * Deletes a secret, softly: for seven days it can be restored. What the tenant deleted earlier than that goes for
     * good.
     *
     * @throws VaultException {@code secret_not_found}
     */
    public SecretMetadata delete(Actor actor, SecretName nameOrId) {
        SecretRow meant = finder.livingToChange(actor, nameOrId, "secret.delete");
        purge.inTenant(actor);
        return database.write(tx -> {
            SecretRow row = finder.again(tx, meant);
            rows.markDeleted(tx, row);
            audit.append(tx, actor, "secret.delete", row.name().value());
            return finder.reread(tx, row);
        });
    }

    /**
     * Brings a deleted secret back; of several with the name, the one deleted last.
     *
     * @throws VaultException {@code secret_not_found}; {@code secret_exists} when the name is taken by now
     */
    public SecretMetadata restore(Actor actor, SecretName nameOrId) {
        SecretRow meant = finder.deletedToChange(actor, nameOrId, "secret.restore");
        return database.write(() -> taken(meant.name()), tx -> {
            SecretRow row = finder.again(tx, meant);
            if (rows.named(tx, actor.tenant(), row.name()).isPresent()) {
                throw taken(row.name());
            }
            rows.markRestored(tx, row);
            audit.append(tx, actor, "secret.restore", row.name().value());
            return finder.reread(tx, row);
        });
    }

    private static VaultException taken(SecretName name) {
        return new VaultException(
                        ErrorCode.SECRET_EXISTS,
                        "There is a living secret {} again. Nothing was changed. Delete that one first.",
                        name)
                .withField("name");
    }
}
