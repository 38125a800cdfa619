package dev.chatelaine.vault.audit;

import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.crypto.TenantKeyring;
import dev.chatelaine.vault.store.Transaction;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The end of a tenant's chain.
 *
 * @param tenant whose
 * @param sequence the last event's
 * @param lastMac the last event's code, in hexadecimal; empty before the first event
 * @param mac the code of this record itself, in hexadecimal
 */
record ChainHead(String tenant, long sequence, String lastMac, String mac) {
    static final ChainHead START = new ChainHead("", 0, "", "");

    /** What stands for the code of an event that is gone or is not the last; no code in hexadecimal is like it. */
    private static final String MISSING = "missing";

    private static final String SELECT = "SELECT h.tenant, h.sequence, h.mac AS head_mac, e.mac AS event_mac"
            + " FROM audit_heads h LEFT JOIN audit_events e ON e.tenant = h.tenant AND e.sequence = h.sequence"
            + " AND NOT EXISTS (SELECT 1 FROM audit_events l WHERE l.tenant = h.tenant AND l.sequence > h.sequence)"
            + " WHERE h.tenant = ?";
    private static final HexFormat HEX = HexFormat.of();

    /** The end that an event is, before it has a code of its own. */
    static ChainHead after(AuditEvent event, String eventMac) {
        return new ChainHead(event.tenant().value(), event.sequence(), eventMac, "");
    }

    ChainHead signed(TenantKeyring keyring) {
        return new ChainHead(
                tenant, sequence, lastMac, HEX.formatHex(keyring.authenticate(fields(tenant, sequence, lastMac))));
    }

    static Optional<ChainHead> find(Transaction tx, TenantId tenant) {
        return tx.direct()
                .first(
                        SELECT,
                        row -> {
                            byte[] eventMac = row.getBytes("event_mac");
                            return new ChainHead(
                                    row.getString("tenant"),
                                    row.getLong("sequence"),
                                    eventMac == null ? MISSING : HEX.formatHex(eventMac),
                                    HEX.formatHex(row.getBytes("head_mac")));
                        },
                        tenant.value());
    }

    static Optional<ChainHead> findForUpdate(Transaction tx, TenantId tenant) {
        tx.hold("SELECT sequence FROM audit_heads WHERE tenant = ?", tenant.value());
        return find(tx, tenant);
    }

    boolean isAuthentic(TenantKeyring keyring) {
        return keyring.isAuthentic(HEX.parseHex(mac), fields(tenant, sequence, lastMac));
    }

    /** The end of a chain whose own record is gone or forged: no code follows it, and its sequence is not used again. */
    static ChainHead broken(Transaction tx, TenantId tenant) {
        long last = tx.query("SELECT COALESCE(MAX(sequence), 0) FROM ("
                        + "SELECT MAX(sequence) AS sequence FROM audit_events WHERE tenant = :tenant"
                        + " UNION ALL SELECT MAX(sequence) FROM audit_heads WHERE tenant = :tenant) AS ends")
                .bind("tenant", tenant.value())
                .mapTo(Long.class)
                .one();
        return new ChainHead(tenant.value(), Math.max(last, 0), MISSING, "");
    }

    void save(Transaction tx) {
        tx.direct()
                .change(
                        "INSERT INTO audit_heads (tenant, sequence, mac) VALUES (?, ?, ?) ON CONFLICT (tenant)"
                                + " DO UPDATE SET sequence = excluded.sequence, mac = excluded.mac",
                        tenant,
                        sequence,
                        HEX.parseHex(mac));
    }

    private static List<String> fields(String tenant, long sequence, String lastMac) {
        return List.of("head", tenant, Long.toString(sequence), lastMac);
    }
}
