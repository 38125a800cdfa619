package dev.chatelaine.vault.rotation;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.AccessPolicy;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Permission;
import dev.chatelaine.vault.audit.AuditLog;
import dev.chatelaine.vault.crypto.Keyrings;
import dev.chatelaine.vault.crypto.SealedValue;
import dev.chatelaine.vault.crypto.TenantKeyring;
import dev.chatelaine.vault.store.Database;
import dev.chatelaine.vault.store.Scope;
import dev.chatelaine.vault.store.Transaction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Gives a tenant a new key and seals its values anew. Safe to be run twice, at once and after an interruption. */
public final class TenantRotation {
    private static final int AT_ONCE = 200;

    private final Database database;
    private final Keyrings keyrings;
    private final AccessPolicy access;
    private final AuditLog audit;

    /** Rotations in a vault. */
    public TenantRotation(Database database, Keyrings keyrings, AccessPolicy access, AuditLog audit) {
        this.database = database;
        this.keyrings = keyrings;
        this.access = access;
        this.audit = audit;
    }

    /**
     * Rotates the actor's tenant's key, or finishes a rotation that was interrupted. Values that do not open are left
     * as they are and never stand in the way.
     *
     * @throws VaultException {@code permission_denied} without {@code tenant:admin}
     */
    public RotationResult rotate(Actor actor, Progress progress) {
        access.require(
                actor, Permission.TENANT_ADMIN, "tenant.rotate", actor.tenant().value());
        if (database.write(Scope.tenant(actor.tenant()), tx -> begin(tx, actor, false))) {
            return pass(actor, progress, false);
        }
        RotationResult finished = pass(actor, progress, true);
        if (finished.resealed() > 0) {
            return finished;
        }
        database.write(Scope.tenant(actor.tenant()), tx -> begin(tx, actor, true));
        return pass(actor, progress, false);
    }

    /** Adds a primary, unless there are values left over from the last one and that does not matter. */
    private boolean begin(Transaction tx, Actor actor, boolean despiteLeftOvers) {
        boolean fresh = despiteLeftOvers || pending(tx, actor) == 0;
        if (fresh) {
            keyrings.addPrimary(tx, actor.tenant());
        }
        audit.append(
                tx,
                actor,
                fresh ? "tenant.rotate" : "tenant.rotate_resume",
                actor.tenant().value());
        return fresh;
    }

    private RotationResult pass(Actor actor, Progress progress, boolean resumed) {
        Pass pass = new Pass(actor, progress, database.read(tx -> pending(tx, actor)));
        Arrays.stream(SealedTable.values()).forEach(pass::over);
        long keyId = database.read(tx -> keyrings.of(tx, actor.tenant()).primaryKeyId());
        return new RotationResult(resumed, pass.resealed, keyId, pass.damaged);
    }

    private long pending(Transaction tx, Actor actor) {
        long primary = keyrings.of(tx, actor.tenant()).primaryKeyId();
        return Arrays.stream(SealedTable.values())
                .mapToLong(table -> table.countNotUnder(tx, actor.tenant(), primary))
                .sum();
    }

    /** One run over the tables. */
    private final class Pass {
        private final Actor actor;
        private final Progress progress;
        private final long whole;
        private final List<String> damaged = new ArrayList<>();
        private long resealed;

        Pass(Actor actor, Progress progress, long whole) {
            this.actor = actor;
            this.progress = progress;
            this.whole = whole;
        }

        void over(SealedTable table) {
            String record = "";
            long version = 0;
            for (List<SealedTable.Row> rows = step(table, record, version);
                    !rows.isEmpty();
                    rows = step(table, record, version)) {
                record = rows.get(rows.size() - 1).place().recordId();
                version = rows.get(rows.size() - 1).place().version();
                progress.step(resealed, whole);
            }
        }

        private List<SealedTable.Row> step(SealedTable table, String record, long version) {
            Step step = database.write(Scope.tenant(actor.tenant()), tx -> {
                TenantKeyring keyring = keyrings.of(tx, actor.tenant());
                Step done =
                        new Step(table.notUnder(tx, actor.tenant(), keyring.primaryKeyId(), record, version, AT_ONCE));
                done.rows.forEach(row -> reseal(tx, table, keyring, row, done));
                return done;
            });
            resealed += step.resealed;
            damaged.addAll(step.damaged);
            return step.rows;
        }

        private static void reseal(
                Transaction tx, SealedTable table, TenantKeyring keyring, SealedTable.Row row, Step done) {
            try {
                SealedValue present = row.sealed();
                if (present == null) {
                    done.damaged.add(row.toString());
                    return;
                }
                table.replace(tx, row.place(), keyring.reseal(present, row.place(), row.place()));
                done.resealed++;
            } catch (VaultException e) {
                if (e.code() != ErrorCode.INTEGRITY_FAILED) {
                    throw e;
                }
                done.damaged.add(row.toString());
            }
        }
    }

    /** What one transaction did; it counts once that is committed. */
    private static final class Step {
        private final List<SealedTable.Row> rows;
        private final List<String> damaged = new ArrayList<>();
        private long resealed;

        Step(List<SealedTable.Row> rows) {
            this.rows = rows;
        }
    }
}
