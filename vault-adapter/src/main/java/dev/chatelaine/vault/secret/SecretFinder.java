package dev.chatelaine.vault.secret;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.AccessPolicy;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Permission;
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

    static Permission toWrite(SecretName name) {
        return name.isProviderKey() ? Permission.KEYS_MANAGE : Permission.SECRETS_WRITE;
    }

    /** Asks for the permission to change a secret, by its name where the caller gave an id. */
    void require(Actor actor, SecretName nameOrId, String action) {
        SecretName name = database.read(tx -> find(tx, actor, nameOrId)
                .or(() -> rows.deleted(tx, actor.tenant(), nameOrId))
                .map(SecretRow::name)
                .orElse(nameOrId));
        access.require(actor, toWrite(name), action, name.value());
    }

    SecretRow living(Transaction tx, Actor actor, SecretName nameOrId) {
        return find(tx, actor, nameOrId).orElseThrow(() -> unknown(nameOrId));
    }

    SecretRow deleted(Transaction tx, Actor actor, SecretName nameOrId) {
        return rows.deleted(tx, actor.tenant(), nameOrId)
                .or(() -> rows.deleted(tx, actor.tenant(), alias(nameOrId)))
                .orElseThrow(() -> unknown(nameOrId));
    }

    SecretMetadata reread(Transaction tx, SecretRow row) {
        SecretName id = new SecretName(row.id());
        return rows.living(tx, row.tenant(), id)
                .or(() -> rows.deleted(tx, row.tenant(), id))
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

    private Optional<SecretRow> find(Transaction tx, Actor actor, SecretName nameOrId) {
        return rows.living(tx, actor.tenant(), nameOrId).or(() -> rows.living(tx, actor.tenant(), alias(nameOrId)));
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
