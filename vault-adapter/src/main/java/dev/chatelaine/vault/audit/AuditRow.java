package dev.chatelaine.vault.audit;

import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An event as it is on disk.
 *
 * @param sequence its place in the chain
 * @param event what it says; null where that is nothing that was ever written
 * @param mac its code in hexadecimal
 */
record AuditRow(long sequence, @Nullable AuditEvent event, String mac) {

    static void insert(Transaction tx, Collection<@Nullable Object[]> rows) {
        tx.direct()
                .changeEach(
                        "INSERT INTO audit_events (tenant, sequence, at, subject, channel, client, action, target,"
                                + " outcome, mac) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        rows);
    }

    /** What is inserted of an event with its code. */
    static @Nullable Object[] values(AuditEvent event, byte[] mac) {
        return new @Nullable Object[] {
            event.tenant().value(),
            event.sequence(),
            event.at().toEpochMilli(),
            event.subject(),
            event.channel(),
            event.client(),
            event.action(),
            event.target(),
            event.outcome().label(),
            mac
        };
    }

    /** Reads a tenant's events in order, one at a time. */
    static void forEach(Transaction tx, TenantId tenant, Consumer<AuditRow> consumer) {
        tx.query("SELECT * FROM audit_events WHERE tenant = :tenant ORDER BY sequence")
                .bind("tenant", tenant.value())
                .map((row, context) -> from(tenant, row))
                .forEach(consumer);
    }

    /** A tenant's events before a sequence, the newest first, and one more than the limit. */
    static List<AuditEvent> page(Transaction tx, TenantId tenant, AuditQuery query, long before) {
        StringBuilder sql =
                new StringBuilder("SELECT * FROM audit_events WHERE tenant = :tenant AND sequence < :before");
        Map<String, Object> narrowed = new LinkedHashMap<>();
        narrow(sql, narrowed, " AND subject = :subject", "subject", query.subject());
        narrow(sql, narrowed, " AND action = :action", "action", query.action());
        narrow(sql, narrowed, " AND target = :target", "target", query.target());
        narrow(sql, narrowed, " AND at >= :from", "from", millis(query.from()));
        narrow(sql, narrowed, " AND at < :to", "to", millis(query.to()));
        return tx.query(sql.append(" ORDER BY sequence DESC LIMIT :limit").toString())
                .bind("tenant", tenant.value())
                .bind("before", before)
                .bind("limit", query.limit() + 1)
                .bindMap(narrowed)
                .map((row, context) -> from(tenant, row).event())
                .list();
    }

    private static void narrow(
            StringBuilder sql, Map<String, Object> bound, String condition, String name, @Nullable Object wanted) {
        if (wanted != null) {
            sql.append(condition);
            bound.put(name, wanted);
        }
    }

    private static @Nullable Long millis(@Nullable Instant moment) {
        return moment == null ? null : moment.toEpochMilli();
    }

    private static AuditRow from(TenantId tenant, ResultSet row) throws SQLException {
        String mac = HexFormat.of().formatHex(row.getBytes("mac"));
        return new AuditRow(row.getLong("sequence"), event(tenant, row), mac);
    }

    private static @Nullable AuditEvent event(TenantId tenant, ResultSet row) throws SQLException {
        Outcome outcome = Outcome.labelled(row.getString("outcome"));
        return outcome == null
                ? null
                : new AuditEvent(
                        tenant,
                        row.getLong("sequence"),
                        Instant.ofEpochMilli(row.getLong("at")),
                        row.getString("subject"),
                        row.getString("channel"),
                        row.getString("client"),
                        row.getString("action"),
                        row.getString("target"),
                        outcome);
    }
}
