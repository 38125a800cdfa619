package dev.chatelaine.vault.usage;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.crypto.Keyrings;
import dev.chatelaine.vault.crypto.TenantKeyring;
import dev.chatelaine.vault.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Meters on disk. Each carries a code by the tenant's keys over all of it, so that nobody raises a cap or wipes out what
 * was used past this package.
 */
final class MeterRow {
    private MeterRow() {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Stored(Meter meter, byte[] mac) {
        boolean isAuthentic(TenantKeyring keyring) {
            return keyring.isAuthentic(mac, fields(meter));
        }
    }

    /**
     * A meter that is about to change.
     *
     * @throws VaultException {@code integrity_failed} when it was changed past this package
     */
    static Optional<Meter> find(Transaction tx, Keyrings keyrings, TenantId tenant, String id) {
        return tx.direct()
                .first("SELECT * FROM usage_meters WHERE tenant = ? AND meter = ?", MeterRow::from, tenant.value(), id)
                .map(stored -> authentic(stored, keyrings.of(tx, tenant)));
    }

    /** A tenant's meters of these ids that nobody has tampered with; others are left out. */
    static Map<String, Meter> all(Transaction tx, Keyrings keyrings, TenantId tenant, List<String> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        TenantKeyring keyring = keyrings.of(tx, tenant);
        return tx
                .query("SELECT * FROM usage_meters WHERE tenant = :tenant AND meter IN (<ids>)")
                .bindList("ids", ids)
                .bind("tenant", tenant.value())
                .map((row, context) -> from(row))
                .list()
                .stream()
                .filter(stored -> stored.isAuthentic(keyring))
                .map(Stored::meter)
                .collect(Collectors.toMap(Meter::id, meter -> meter));
    }

    static void insert(Transaction tx, Keyrings keyrings, Meter meter) {
        write(
                tx,
                keyrings,
                meter,
                "INSERT INTO usage_meters (cap, bound, used, reserved, overrun, last_used_at, closed, mac, tenant,"
                        + " meter) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    }

    static void save(Transaction tx, Keyrings keyrings, Meter meter) {
        write(
                tx,
                keyrings,
                meter,
                "UPDATE usage_meters SET cap = ?, bound = ?, used = ?, reserved = ?, overrun = ?, last_used_at = ?,"
                        + " closed = ?, mac = ? WHERE tenant = ? AND meter = ?");
    }

    private static void write(Transaction tx, Keyrings keyrings, Meter meter, String sql) {
        tx.direct()
                .change(
                        sql,
                        meter.cap(),
                        meter.bound(),
                        meter.used(),
                        meter.reserved(),
                        meter.overrun(),
                        meter.lastUsedAt(),
                        meter.closed() ? 1 : 0,
                        keyrings.of(tx, meter.tenant()).authenticate(fields(meter)),
                        meter.tenant().value(),
                        meter.id());
    }

    private static Meter authentic(Stored stored, TenantKeyring keyring) {
        if (!stored.isAuthentic(keyring)) {
            throw new VaultException(
                    ErrorCode.INTEGRITY_FAILED,
                    "What {} has used was changed past Chatelaine. Nothing was asked. Restore a backup, or make another"
                            + " key.",
                    stored.meter().id());
        }
        return stored.meter();
    }

    private static Stored from(ResultSet row) throws SQLException {
        return new Stored(
                new Meter(
                        new TenantId(row.getString("tenant")),
                        row.getString("meter"),
                        number(row, "cap"),
                        row.getLong("bound"),
                        row.getLong("used"),
                        row.getLong("reserved"),
                        row.getLong("overrun"),
                        number(row, "last_used_at"),
                        row.getLong("closed") == 1),
                row.getBytes("mac"));
    }

    static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? null : Long.valueOf(number);
    }

    private static List<String> fields(Meter meter) {
        return Arrays.asList(
                "usage meter",
                meter.tenant().value(),
                meter.id(),
                meter.cap() == null ? "-" : "+" + meter.cap(),
                Long.toString(meter.bound()),
                Long.toString(meter.used()),
                Long.toString(meter.reserved()),
                Long.toString(meter.overrun()),
                meter.lastUsedAt() == null ? "-" : "+" + meter.lastUsedAt(),
                meter.closed() ? "closed" : "open");
    }
}
