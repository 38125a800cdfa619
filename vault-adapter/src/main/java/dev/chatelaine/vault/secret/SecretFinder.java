package dev.chatelaine.vault.secret;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.AccessPolicy;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.store.Database;
import dev.chatelaine.vault.store.Transaction;
import java.util.Optional;

/** Finds the secret that a caller means, and asks for the permission that it takes to change it. */
final class SecretFinder {
    private final Database database;
    private final AccessPolicy access;
    private final SecretIntake intake;
    private final SecretRows rows;

    SecretFinder(SecretParts parts, AccessPolicy access) {
        this.database = parts.database();
        this.intake = parts.intake();
        this.rows = parts.rows();
        this.access = access;
    }

    /** The living secret that a caller means, once they are known to be allowed to change it. */
    SecretRow livingToChange(Actor actor, SecretName nameOrId, String action) {
        return permitted(actor, nameOrId, action, database.read(tx -> find(tx, actor.tenant(), nameOrId)));
    }

    /** The deleted secret that a caller means, once they are known to be allowed to change it. */
    SecretRow deletedToChange(Actor actor, SecretName nameOrId, String action) {
        return permitted(actor, nameOrId, action, database.read(tx -> deleted(tx, actor, nameOrId)));
    }

    SecretRow living(Transaction tx, Actor actor, SecretName nameOrId) {
        return find(tx, actor.tenant(), nameOrId).orElseThrow(() -> unknown(nameOrId));
    }

    /** The living secret of a name, an alias of one, or an id. */
    Optional<SecretRow> find(Transaction tx, TenantId tenant, SecretName nameOrId) {
        return rows.living(tx, tenant, nameOrId).or(() -> rows.living(tx, tenant, alias(nameOrId)));
    }

    /**
     * The very secret that was seen before, as it is now. It is found by its id alone: by now its name, or one that
     * looks like its id, may be another's, which may take another permission to change.
     */
    SecretRow again(Transaction tx, SecretRow seen) {
        boolean deleted = seen.metadata().deletedAt() != null;
        return rows.byId(tx, seen.tenant(), seen.id())
                .filter(row -> (row.metadata().deletedAt() != null) == deleted)
                .orElseThrow(() -> unknown(seen.name()));
    }

    SecretMetadata reread(Transaction tx, SecretRow row) {
        return rows.byId(tx, row.tenant(), row.id())
                .orElseThrow(() -> unknown(row.name()))
                .metadata();
    }

    static VaultException unknown(SecretName nameOrId) {
        return new VaultException(
                        ErrorCode.SECRET_NOT_FOUND,
                        "There is no secret {}. List the secrets to see their names.",
                        nameOrId)
                .withField("name");
    }

    private SecretRow permitted(Actor actor, SecretName nameOrId, String action, Optional<SecretRow> found) {
        SecretName name = found.map(SecretRow::name).orElse(nameOrId);
        access.require(actor, name.toWrite(), action, name.value());
        return found.orElseThrow(() -> unknown(nameOrId));
    }

    private Optional<SecretRow> deleted(Transaction tx, Actor actor, SecretName nameOrId) {
        return rows.deleted(tx, actor.tenant(), nameOrId).or(() -> rows.deleted(tx, actor.tenant(), alias(nameOrId)));
    }

    /** A provider's other name; the name itself where it is none, or nobody's. */
    private SecretName alias(SecretName nameOrId) {
        try {
            return intake.canonical(nameOrId);
        } catch (VaultException e) {
            return nameOrId;
        }
    }
}
