package dev.chatelaine.vault.move;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.audit.AuditLog;
import dev.chatelaine.vault.audit.AuditVerification;
import dev.chatelaine.vault.crypto.Keyrings;
import dev.chatelaine.vault.crypto.TokenKeyring;
import dev.chatelaine.vault.crypto.VaultIdentity;
import dev.chatelaine.vault.rotation.SealedValues;
import dev.chatelaine.vault.store.Database;
import dev.chatelaine.vault.token.TokenKeys;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Whether all that keys can tell of a vault is in order: tenants' keys, audit chains, sealed values, the keys that sign
 * tokens. Writes nothing. One use.
 */
final class VaultCheck {
    private final Database database;
    private final Keyrings keyrings;
    private final TokenKeyring tokens;
    private final AuditLog audit;
    private final List<String> faults = new ArrayList<>();
    private long events;
    private long values;

    VaultCheck(Database database, VaultIdentity.Opened vault, Clock clock, SecureRandom random) {
        String vaultId = vault.identity().vaultId();
        this.database = database;
        this.keyrings = new Keyrings(vault.root(), vaultId);
        this.tokens = new TokenKeyring(vault.root(), vaultId, random);
        this.audit = new AuditLog(database, keyrings, clock);
    }

    /** How many sealed values there are to open. */
    long values() {
        return database.read(tx -> keyrings.tenants(tx).stream()
                .mapToLong(tenant -> SealedValues.count(tx, tenant))
                .sum());
    }

    /** Looks at everything; the progress is told how many values were opened. */
    CheckedVault run(LongConsumer progress) {
        List<TenantId> tenants = database.read(keyrings::tenants);
        tenants.forEach(tenant -> check(tenant, progress));
        database.read(tx -> TokenKeys.damaged(tx, tokens)).forEach(id -> faults.add("the token key " + id));
        long organisations =
                tenants.stream().filter(tenant -> !tenant.equals(TenantId.POOL)).count();
        return new CheckedVault(organisations, events, values, faults);
    }

    private void checkAudit(TenantId tenant) {
        AuditVerification chain = audit.verify(tenant);
        events += chain.events();
        if (!chain.clean()) {
            faults.add("the audit of " + tenant);
        }
    }

    /** What is done with the platform's keys is an event of whoever does it: their own tenant has no audit. */
    private void check(TenantId tenant, LongConsumer progress) {
        try {
            if (!tenant.equals(TenantId.POOL)) {
                checkAudit(tenant);
            }
            new SealedValues(database, keyrings)
                    .damaged(tenant, opened -> {
                        values += opened;
                        progress.accept(values);
                    })
                    .forEach(record -> faults.add(record + " of " + tenant));
        } catch (VaultException e) {
            if (e.code() != ErrorCode.INTEGRITY_FAILED && e.code() != ErrorCode.TENANT_NOT_FOUND) {
                throw e;
            }
            faults.add("the keys of " + tenant);
        }
    }
}
