package dev.chatelaine.vault.bundle;

import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.store.Transaction;
import java.util.Optional;

/** The living bundles with their sealed values, for those who pass them on without opening them. Stateless. */
public final class SealedBundles {

    /** The bundle of that name. */
    public Optional<SealedBundle> named(Transaction tx, TenantId tenant, BundleName name) {
        return BundleRow.named(tx, tenant, name).map(row -> sealed(tx, row));
    }

    /** The bundle of that id. */
    public Optional<SealedBundle> byId(Transaction tx, TenantId tenant, String id) {
        return BundleRow.byId(tx, tenant, id).map(row -> sealed(tx, row));
    }

    static SealedBundle sealed(Transaction tx, BundleRow row) {
        return new SealedBundle(row.id(), row.name(), BundleValueRow.placed(tx, row));
    }
}
