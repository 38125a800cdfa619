package dev.chatelaine.vault.rotation;

import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.audit.AuditLog;
import dev.chatelaine.vault.crypto.Keyrings;
import dev.chatelaine.vault.crypto.RootKeyring;
import dev.chatelaine.vault.crypto.VaultIdentity;
import dev.chatelaine.vault.store.Database;
import dev.chatelaine.vault.store.Transaction;
import dev.chatelaine.vault.token.TokenKeys;
import java.util.List;

/**
 * Gives the vault a new root key and seals the tenants' keyrings and the few keys that sign tokens anew: its cost grows
 * with the tenants and not with their secrets. Safe to be run twice, at once and after an interruption. The operator's: whoever holds the root key
 * may call it.
 */
public final class RootRotation {
    private static final int AT_ONCE = 20;

    private final Database database;
    private final RootKeyring root;
    private final Keyrings keyrings;
    private final TokenKeys tokenKeys;
    private final VaultIdentity identity;
    private final AuditLog audit;

    /** Rotations of a vault's root key. */
    public RootRotation(
            Database database,
            RootKeyring root,
            Keyrings keyrings,
            TokenKeys tokenKeys,
            VaultIdentity identity,
            AuditLog audit) {
        this.database = database;
        this.root = root;
        this.keyrings = keyrings;
        this.tokenKeys = tokenKeys;
        this.identity = identity;
        this.audit = audit;
    }

    /**
     * Adds a root key to its source and seals with it; or, when some keyrings are not sealed by the present primary,
     * finishes that first. The old keys stay with the source, so that backups open.
     *
     * @throws dev.chatelaine.vault.VaultException {@code vault_unavailable} when the source is not ours to change
     */
    public RotationResult rotate(Actor operator, Progress progress) {
        root.refresh();
        boolean resumed = database.read(tx -> pending(tx) > 0 || identity.rootKeyId(tx) != root.primaryId());
        if (!resumed) {
            root.addPrimary();
        }
        long whole = database.read(this::pending);
        long resealed = database.write(tokenKeys::reseal);
        for (int step = reseal(operator); step > 0; step = reseal(operator)) {
            resealed += step;
            progress.step(resealed, whole);
        }
        database.write(tx -> {
            identity.reseal(tx, root);
            return null;
        });
        return new RotationResult(resumed, resealed, root.primaryId(), List.of());
    }

    private long pending(Transaction tx) {
        return keyrings.countNotUnderPrimary(tx) + tokenKeys.countNotUnderPrimary(tx);
    }

    private int reseal(Actor operator) {
        return database.write(tx -> {
            List<TenantId> tenants = keyrings.notUnderPrimary(tx, AT_ONCE);
            for (TenantId tenant : tenants) {
                keyrings.reseal(tx, tenant);
                audit.append(tx, operator.in(tenant), "root.rotate", tenant.value());
            }
            return tenants.size();
        });
    }
}
