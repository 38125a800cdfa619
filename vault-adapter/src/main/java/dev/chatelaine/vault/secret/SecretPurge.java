package dev.chatelaine.vault.secret;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.audit.AuditLog;
import dev.chatelaine.vault.store.Database;
import dev.chatelaine.vault.store.Scope;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes for good what was deleted seven days ago or earlier. Safe for several threads and processes. */
public final class SecretPurge {
    private static final Logger LOG = LoggerFactory.getLogger(SecretPurge.class);
    private static final int AT_ONCE = 100;

    private final Database database;
    private final AuditLog audit;
    private final SecretRows rows;

    /** The purge of a vault's secrets. */
    public SecretPurge(SecretParts parts) {
        this.database = parts.database();
        this.audit = parts.audit();
        this.rows = parts.rows();
    }

    /**
     * Purges all tenants and answers how many secrets that were. A tenant whose keys or audit are damaged keeps its
     * expired secrets, which nobody sees any more, and does not keep the other tenants from their vault.
     */
    public int everywhere(Actor operator) {
        List<TenantId> tenants = database.read(rows::tenantsWithExpired);
        return tenants.stream()
                .mapToInt(tenant -> unlessDamaged(operator.in(tenant)))
                .sum();
    }

    /** Purges the actor's tenant and answers how many secrets that were. */
    public int inTenant(Actor actor) {
        int purged = 0;
        while (!database.read(tx -> rows.expired(tx, actor.tenant(), 1)).isEmpty()) {
            purged += some(actor);
        }
        return purged;
    }

    private int unlessDamaged(Actor operator) {
        try {
            return inTenant(operator);
        } catch (VaultException e) {
            if (e.code() != ErrorCode.INTEGRITY_FAILED) {
                throw e;
            }
            LOG.atWarn()
                    .addKeyValue("tenant", operator.tenant())
                    .log("expired secrets are kept: the tenant is damaged");
            return 0;
        }
    }

    private int some(Actor actor) {
        return database.write(Scope.tenant(actor.tenant()), tx -> {
            List<SecretRow> expired = rows.expired(tx, actor.tenant(), AT_ONCE);
            for (SecretRow row : expired) {
                rows.purge(tx, row);
                audit.append(tx, actor, "secret.purge", row.name().value());
            }
            return expired.size();
        });
    }
}
