package dev.chatelaine.vault.rotation;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.audit.AuditLog;
import dev.chatelaine.vault.crypto.Keyrings;
import dev.chatelaine.vault.crypto.RootKeyring;
import dev.chatelaine.vault.crypto.VaultIdentity;
import dev.chatelaine.vault.store.Database;
import dev.chatelaine.vault.store.Scope;
import dev.chatelaine.vault.store.Transaction;
import dev.chatelaine.vault.token.TokenKeys;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives the vault a new root key and seals the tenants' keyrings and the few keys that sign tokens anew: its cost grows
 * with the tenants and not with their secrets. Safe to be run twice, at once and after an interruption. The operator's:
 * whoever holds the root key may call it.
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
     * @throws VaultException {@code vault_unavailable} when the source is not ours to change
     */
    public RotationResult rotate(Actor operator, Progress progress) {
        root.refresh();
        if (database.read(this::unfinished)) {
            Pass finishing = new Pass(operator, progress);
            if (finishing.run()) {
                return finishing.result(true);
            }
        }
        root.addPrimary();
        Pass pass = new Pass(operator, progress);
        pass.run();
        return pass.result(false);
    }

    private boolean unfinished(Transaction tx) {
        return pending(tx) > 0 || identity.rootKeyId(tx) != root.primaryId();
    }

    private long pending(Transaction tx) {
        return keyrings.countNotUnderPrimary(tx) + tokenKeys.countNotUnderPrimary(tx);
    }

    /** One run over the tenants. A keyring that does not open is left as it is, and does not stop the others. */
    private final class Pass {
        private final Actor operator;
        private final Progress progress;
        private final List<String> damaged = new ArrayList<>();
        private long resealed;

        Pass(Actor operator, Progress progress) {
            this.operator = operator;
            this.progress = progress;
        }

        /** Whether there was anything that could be done. */
        boolean run() {
            long whole = database.read(RootRotation.this::pending);
            resealTokenKeys();
            String after = "";
            for (List<TenantId> step = step(after); !step.isEmpty(); step = step(after)) {
                after = step.get(step.size() - 1).value();
                progress.step(resealed, whole);
            }
            return database.write(Scope.VAULT, this::finish) || resealed > 0;
        }

        RotationResult result(boolean resumed) {
            return new RotationResult(resumed, resealed, root.primaryId(), damaged);
        }

        private void resealTokenKeys() {
            try {
                resealed += database.write(Scope.VAULT, tokenKeys::reseal);
            } catch (VaultException e) {
                noteDamage(e, "keys that sign tokens", damaged);
            }
        }

        private boolean finish(Transaction tx) {
            boolean needed = identity.rootKeyId(tx) != root.primaryId();
            if (needed) {
                identity.reseal(tx, root);
            }
            return needed;
        }

        private List<TenantId> step(String after) {
            List<TenantId> next = database.read(tx -> keyrings.notUnderPrimary(tx, after, AT_ONCE));
            Step step = database.write(Scope.tenants(next), tx -> {
                Step done = new Step();
                keyrings.notUnderPrimary(tx, after, AT_ONCE).stream()
                        .filter(next::contains)
                        .forEach(tenant -> reseal(tx, tenant, done));
                return done;
            });
            resealed += step.resealed;
            damaged.addAll(step.damaged);
            return next;
        }

        private void reseal(Transaction tx, TenantId tenant, Step done) {
            try {
                keyrings.reseal(tx, tenant);
                audit.append(tx, operator.in(tenant), "root.rotate", tenant.value());
                done.resealed++;
            } catch (VaultException e) {
                noteDamage(e, "keyring of " + tenant, done.damaged);
            }
        }

        private static void noteDamage(VaultException e, String what, List<String> damaged) {
            if (e.code() != ErrorCode.INTEGRITY_FAILED) {
                throw e;
            }
            damaged.add(what);
        }
    }

    /** What one transaction did; it counts once that is committed. */
    private static final class Step {
        private final List<String> damaged = new ArrayList<>();
        private long resealed;
    }
}
