package dev.chatelaine.vault.secret;

import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.AccessPolicy;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Permission;
import dev.chatelaine.vault.audit.AuditLog;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.provider.KeyStatus;
import dev.chatelaine.vault.store.Database;
import java.util.ArrayList;
import java.util.List;

/**
 * Opening values for their use, each with an event in the same transaction: no event, no value. The same promises as
 * {@link Secrets}.
 */
public final class SecretUse {
    private final Database database;
    private final AccessPolicy access;
    private final AuditLog audit;
    private final SecretFinder finder;
    private final SecretVersions versions;
    private final SecretRows rows;

    /** The uses of a vault's secrets. */
    public SecretUse(SecretParts parts, AccessPolicy access) {
        this.database = parts.database();
        this.audit = parts.audit();
        this.versions = parts.versions();
        this.rows = parts.rows();
        this.finder = new SecretFinder(parts, access);
        this.access = access;
    }

    /** A secret's value, and which version of it. */
    public record Opened(SecretMetadata metadata, SecretValue value) {}

    /**
     * Opens values for a program that runs with them, all or none, in the order of their names.
     *
     * @throws VaultException {@code secret_not_found}; {@code permission_denied} without {@code sessions:run}
     */
    public List<Opened> openForRun(Actor actor, List<SecretName> namesOrIds) {
        namesOrIds.forEach(name -> access.require(actor, Permission.SESSIONS_RUN, "secret.reveal", name.value()));
        return open(actor, namesOrIds);
    }

    /**
     * Opens a provider key for a request to its provider.
     *
     * @throws VaultException {@code secret_not_found}; {@code permission_denied} without {@code keys:manage}
     */
    public Opened openForVerification(Actor actor, SecretName nameOrId) {
        access.require(actor, Permission.KEYS_MANAGE, "secret.verify", nameOrId.value());
        return open(actor, List.of(nameOrId)).get(0);
    }

    /** Writes down what a provider said of a version of a key; a version that has been replaced is left alone. */
    public SecretMetadata recordVerification(Actor actor, SecretMetadata verified, KeyStatus status) {
        return database.write(tx -> {
            SecretRow row = finder.living(tx, actor, new SecretName(verified.id()));
            if (row.metadata().version() == verified.version()) {
                rows.markVerified(tx, row, status);
                audit.append(tx, actor, "secret.verify", row.name().value());
            }
            return finder.reread(tx, row);
        });
    }

    private List<Opened> open(Actor actor, List<SecretName> namesOrIds) {
        return database.write(tx -> {
            List<Opened> opened = new ArrayList<>();
            for (SecretName nameOrId : namesOrIds) {
                SecretRow row = finder.living(tx, actor, nameOrId);
                SecretValue value = versions.open(tx, row);
                rows.markUsed(tx, row);
                audit.append(tx, actor, "secret.reveal", row.name().value());
                opened.add(new Opened(row.metadata(), value));
            }
            return List.copyOf(opened);
        });
    }
}
