package dev.chatelaine.vault.rotation;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.crypto.Keyrings;
import dev.chatelaine.vault.crypto.SealedValue;
import dev.chatelaine.vault.crypto.TenantKeyring;
import dev.chatelaine.vault.store.Database;
import dev.chatelaine.vault.store.Transaction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;

/** Whether a tenant's sealed values, all of all tables, open in their places. Shows and changes none. */
public final class SealedValues {
    private static final int AT_ONCE = 200;

    /** The id of no key. */
    private static final long NONE = -1;

    private final Database database;
    private final Keyrings keyrings;

    /** The values in a database. */
    public SealedValues(Database database, Keyrings keyrings) {
        this.database = database;
        this.keyrings = keyrings;
    }

    /** How many a tenant has. */
    public static long count(Transaction tx, TenantId tenant) {
        return Arrays.stream(SealedTable.values())
                .mapToLong(table -> table.countNotUnder(tx, tenant, NONE))
                .sum();
    }

    /**
     * Opens each and forgets it at once.
     *
     * @param progress told how many more were opened
     * @return those that do not open
     * @throws VaultException {@code tenant_not_found}, {@code integrity_failed} when the tenant's keys themselves do not
     *     open
     */
    public List<String> damaged(TenantId tenant, LongConsumer progress) {
        List<String> damaged = new ArrayList<>();
        TenantKeyring keyring = database.read(tx -> keyrings.of(tx, tenant));
        for (SealedTable table : SealedTable.values()) {
            String record = "";
            long version = 0;
            for (List<SealedTable.Row> rows = after(tenant, table, record, version);
                    !rows.isEmpty();
                    rows = after(tenant, table, record, version)) {
                rows.stream().filter(row -> !opens(keyring, row)).forEach(row -> damaged.add(row.toString()));
                record = rows.get(rows.size() - 1).place().recordId();
                version = rows.get(rows.size() - 1).place().version();
                progress.accept(rows.size());
            }
        }
        return damaged;
    }

    private List<SealedTable.Row> after(TenantId tenant, SealedTable table, String record, long version) {
        return database.read(tx -> table.notUnder(tx, tenant, NONE, record, version, AT_ONCE));
    }

    private static boolean opens(TenantKeyring keyring, SealedTable.Row row) {
        SealedValue sealed = row.sealed();
        if (sealed == null) {
            return false;
        }
        try {
            keyring.prove(sealed, row.place());
            return true;
        } catch (VaultException e) {
            if (e.code() != ErrorCode.INTEGRITY_FAILED) {
                throw e;
            }
            return false;
        }
    }
}
