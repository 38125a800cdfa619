package dev.chatelaine.vault.crypto;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.store.Transaction;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The tenants' keyrings. Each is opened with the root keyring once and kept, with the row that it was opened from: that
 * is compared with the one on disk once in every transaction, so that a rotation in another process is in force for the
 * next one, and keys that were rolled back are never used again. Safe for several threads.
 */
public final class Keyrings {
    private final RootKeyring root;
    private final String vaultId;
    private final Map<TenantId, Opened> opened = new ConcurrentHashMap<>();

    private record Opened(KeyringRow row, TenantKeyring keyring) {}

    /** What a transaction knows a keyring by. */
    private record Known(Keyrings keyrings, TenantId tenant) {}

    /** The keyrings of a vault, sealed by its root keyring. */
    public Keyrings(RootKeyring root, String vaultId) {
        this.root = root;
        this.vaultId = vaultId;
    }

    /**
     * A tenant's keyring as it is now.
     *
     * @throws VaultException {@code tenant_not_found}; {@code vault_unavailable} when the root key is not the one that
     *     sealed it; {@code integrity_failed} when it was changed on disk
     */
    public TenantKeyring of(Transaction tx, TenantId tenant) {
        return tx.once(new Known(this, tenant), () -> present(tx, tenant));
    }

    private TenantKeyring present(Transaction tx, TenantId tenant) {
        KeyringRow row = KeyringRow.find(tx, tenant).orElseThrow(() -> unknown(tenant));
        Opened known = opened.get(tenant);
        if (known != null && known.row().equals(row)) {
            return known.keyring();
        }
        TenantKeyring keyring = read(row);
        opened.put(tenant, new Opened(row, keyring));
        return keyring;
    }

    /** All tenants by name, also one whose keyring is gone. */
    public List<TenantId> tenants(Transaction tx) {
        return tx.query("SELECT tenant FROM tenants ORDER BY tenant")
                .map((row, context) -> new TenantId(row.getString(1)))
                .list();
    }

    /** Makes the keyring of a new tenant. */
    public void create(Transaction tx, TenantId tenant) {
        try {
            seal(tenant, 1, Keyset.generate(TenantKeyring.VALUES), Keyset.generate(TenantKeyring.AUDIT))
                    .insert(tx);
        } catch (GeneralSecurityException e) {
            throw unusable(e);
        }
    }

    /** Adds new primaries to a tenant's keyring: what is sealed after this transaction is sealed with the new key. */
    public void addPrimary(Transaction tx, TenantId tenant) {
        tx.forget(new Known(this, tenant));
        KeyringRow row = KeyringRow.findForUpdate(tx, tenant).orElseThrow(() -> unknown(tenant));
        TenantKeyring present = read(row);
        try {
            seal(
                            tenant,
                            row.revision() + 1,
                            present.values().withNewPrimary(),
                            present.audit().withNewPrimary())
                    .update(tx);
        } catch (GeneralSecurityException e) {
            throw unusable(e);
        }
    }

    /** Seals a tenant's keyring anew, with the root keyring's present primary. */
    public void reseal(Transaction tx, TenantId tenant) {
        tx.forget(new Known(this, tenant));
        KeyringRow row = KeyringRow.findForUpdate(tx, tenant).orElseThrow(() -> unknown(tenant));
        TenantKeyring present = read(row);
        try {
            seal(tenant, row.revision(), present.values(), present.audit()).update(tx);
        } catch (GeneralSecurityException e) {
            throw unusable(e);
        }
    }

    /** The next tenants by name, at most this many, whose keyring the root keyring's primary did not seal. */
    public List<TenantId> notUnderPrimary(Transaction tx, String after, int most) {
        return KeyringRow.notUnder(tx, root.primaryId(), after, most);
    }

    /** How many tenants' keyrings the root keyring's primary did not seal. */
    public long countNotUnderPrimary(Transaction tx) {
        return KeyringRow.countNotUnder(tx, root.primaryId());
    }

    private TenantKeyring read(KeyringRow row) {
        if (!row.isConsistent()) {
            throw SealedValue.damaged();
        }
        try {
            return new TenantKeyring(
                    vaultId,
                    Keyset.parse(
                            root.open(row.values(), valuesPlace(row.tenant(), row.revision())), TenantKeyring.VALUES),
                    Keyset.parse(
                            root.open(row.audit(), auditPlace(row.tenant(), row.revision())), TenantKeyring.AUDIT));
        } catch (GeneralSecurityException e) {
            throw unusable(e);
        }
    }

    /** Both with one key: a root rotation may come between any two looks at the root keys. */
    private KeyringRow seal(
            TenantId tenant,
            long revision,
            Keyset<com.google.crypto.tink.Aead> values,
            Keyset<com.google.crypto.tink.Mac> audit)
            throws GeneralSecurityException {
        RootKeyring.Sealer sealer = root.sealer();
        SealedValue sealedValues = sealer.seal(values.serialize(), valuesPlace(tenant, revision));
        SealedValue sealedAudit = sealer.seal(audit.serialize(), auditPlace(tenant, revision));
        return new KeyringRow(tenant, revision, sealedValues.keyId(), values.primaryId(), sealedValues, sealedAudit);
    }

    private byte[] valuesPlace(TenantId tenant, long revision) {
        return new Place(tenant, Kind.TENANT_KEYRING, tenant.value(), revision).associatedData(vaultId);
    }

    private byte[] auditPlace(TenantId tenant, long revision) {
        return new Place(tenant, Kind.AUDIT_KEYRING, tenant.value(), revision).associatedData(vaultId);
    }

    private static VaultException unknown(TenantId tenant) {
        return new VaultException(ErrorCode.TENANT_NOT_FOUND, "There is no tenant {}.", tenant)
                .withNext("chatelaine tenant create " + tenant);
    }

    private static VaultException unusable(GeneralSecurityException e) {
        return new VaultException(ErrorCode.VAULT_UNAVAILABLE, "The tenant's keys could not be used.").causedBy(e);
    }
}
