package dev.chatelaine.vault.secret;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.Expected;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.AccessPolicy;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Permission;
import dev.chatelaine.vault.audit.AuditLog;
import dev.chatelaine.vault.store.Database;
import dev.chatelaine.vault.store.Scope;
import java.time.Clock;
import java.time.Instant;
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
    private final Clock clock;

    /** The history of a vault's secrets. */
    public SecretHistory(SecretParts parts, AccessPolicy access) {
        this.database = parts.database();
        this.audit = parts.audit();
        this.intake = parts.intake();
        this.versions = parts.versions();
        this.rows = parts.rows();
        this.purge = new SecretPurge(parts);
        this.clock = parts.clock();
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

    /** Makes an older version's value the current one, whichever that is. */
    public SecretMetadata rollback(Actor actor, SecretName nameOrId, long version) {
        return rollback(actor, nameOrId, version, Expected.ANY);
    }

    /**
     * Makes an older version's value the current one, as a new version.
     *
     * @param expected the current version, as the caller knows it
     * @throws VaultException {@code secret_not_found}, {@code version_not_found}, {@code byok_not_on_plan}, {@code
     *     conflict}
     */
    public SecretMetadata rollback(Actor actor, SecretName nameOrId, long version, Expected expected) {
        SecretRow meant = finder.livingToChange(actor, nameOrId, "secret.rollback");
        return database.write(Scope.tenant(actor.tenant()), tx -> {
            SecretRow row = finder.again(tx, meant);
            expected.check(row.metadata().version());
            if (row.name().isProviderKey()) {
                intake.requireByok(tx, actor.tenant());
            }
            versions.copy(tx, actor, row, version);
            audit.append(tx, actor, "secret.rollback", row.name().value());
            return finder.reread(tx, row);
        });
    }

    /** Deletes a secret, softly, whatever its version. */
    public SecretMetadata delete(Actor actor, SecretName nameOrId) {
        return delete(actor, nameOrId, Expected.ANY);
    }

    /**
     * Deletes a secret, softly: for seven days it can be restored. What the tenant deleted earlier than that goes for
     * good.
     *
     * @param expected its version, as the caller knows it
     * @throws VaultException {@code secret_not_found}, {@code conflict}
     */
    public SecretMetadata delete(Actor actor, SecretName nameOrId, Expected expected) {
        SecretRow meant = finder.livingToChange(actor, nameOrId, "secret.delete");
        purge.inTenant(actor);
        return database.write(Scope.tenant(actor.tenant()), tx -> {
            SecretRow row = finder.again(tx, meant);
            expected.check(row.metadata().version());
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
        return restore(actor, nameOrId, Expected.ANY);
    }

    /**
     * Brings a deleted secret back that is still at a version that the caller expects.
     *
     * @throws VaultException {@code conflict} when it is not, and what the other {@code restore} says
     */
    public SecretMetadata restore(Actor actor, SecretName nameOrId, Expected expected) {
        SecretRow meant = finder.deletedToChange(actor, nameOrId, "secret.restore");
        return database.write(Scope.tenant(actor.tenant()), () -> taken(meant.name()), tx -> {
            SecretRow row = finder.again(tx, meant);
            expected.check(row.metadata().version());
            if (rows.named(tx, actor.tenant(), row.name()).isPresent()) {
                throw taken(row.name());
            }
            rows.markRestored(tx, row);
            audit.append(tx, actor, "secret.restore", row.name().value());
            return finder.reread(tx, row);
        });
    }

    /**
     * Removes a secret and all its versions for good, whether it was deleted before or not; an owner's right. It
     * cannot be brought back.
     *
     * @param expected its version, as the caller knows it
     * @return the secret as it was, deleted and purged as of now
     * @throws VaultException {@code secret_not_found}, {@code conflict}; {@code permission_denied} without {@code
     *     tenant:admin}
     */
    public SecretMetadata purge(Actor actor, SecretName nameOrId, Expected expected) {
        access.require(actor, Permission.TENANT_ADMIN, "secret.purge", nameOrId.value());
        return database.write(Scope.tenant(actor.tenant()), tx -> {
            SecretRow row = rows.living(tx, actor.tenant(), nameOrId)
                    .or(() -> rows.deleted(tx, actor.tenant(), nameOrId))
                    .orElseGet(() -> finder.living(tx, actor, nameOrId));
            expected.check(row.metadata().version());
            rows.purge(tx, row);
            audit.append(tx, actor, "secret.purge", row.name().value());
            return row.metadata().purged(Instant.ofEpochMilli(clock.millis()));
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
