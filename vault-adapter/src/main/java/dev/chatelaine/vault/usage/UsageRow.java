package dev.chatelaine.vault.usage;

import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.provider.ProviderId;
import dev.chatelaine.vault.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** Usage records on disk. */
final class UsageRow {
    private static final String PUT =
            "INSERT INTO usage_records (id, tenant, at, key_id, configuration, provider, model,"
                    + " credential, status, attempts, prompt_tokens, completion_tokens, cached_tokens, cost, latency, first_byte,"
                    + " streamed, estimated) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                    + " ON CONFLICT (id) DO UPDATE SET at = excluded.at, key_id = excluded.key_id,"
                    + " configuration = excluded.configuration, provider = excluded.provider, model = excluded.model,"
                    + " credential = excluded.credential, status = excluded.status, attempts = excluded.attempts,"
                    + " prompt_tokens = excluded.prompt_tokens, completion_tokens = excluded.completion_tokens,"
                    + " cached_tokens = excluded.cached_tokens, cost = excluded.cost, latency = excluded.latency,"
                    + " first_byte = excluded.first_byte, streamed = excluded.streamed, estimated = excluded.estimated"
                    + " WHERE usage_records.tenant = excluded.tenant";

    private UsageRow() {}

    static Optional<UsageRecord> find(Transaction tx, TenantId tenant, String id) {
        return tx.query("SELECT * FROM usage_records WHERE id = :id AND tenant = :tenant")
                .bind("id", id)
                .bind("tenant", tenant.value())
                .map((row, context) -> from(row))
                .findOne();
    }

    /** Whose requests the records of these ids are of. */
    static Map<String, TenantId> tenants(Transaction tx, Collection<String> ids) {
        return tx
                .direct()
                .allOf(
                        "SELECT id, tenant FROM usage_records WHERE id IN (<values>)",
                        row -> Map.entry(row.getString(1), new TenantId(row.getString(2))),
                        ids)
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Writes records, each in place of the one of the same request if there is one. */
    static void put(Transaction tx, Collection<UsageRecord> records) {
        if (!records.isEmpty()) {
            tx.direct().changeEach(PUT, records.stream().map(UsageRow::values).toList());
        }
    }

    static void delete(Transaction tx, TenantId tenant, Collection<String> ids) {
        if (!ids.isEmpty()) {
            PreparedBatch batch = tx.batch("DELETE FROM usage_records WHERE id = :id AND tenant = :tenant");
            ids.forEach(
                    id -> batch.bind("id", id).bind("tenant", tenant.value()).add());
            batch.execute();
        }
    }

    private static @Nullable Object[] values(UsageRecord record) {
        return new @Nullable Object[] {
            record.id(),
            record.tenant().value(),
            record.at().toEpochMilli(),
            record.keyId(),
            record.configuration(),
            record.provider().value(),
            record.model(),
            record.credential().label(),
            record.status(),
            record.attempts(),
            record.tokens().prompt(),
            record.tokens().completion(),
            record.tokens().cached(),
            record.microUsd(),
            record.latencyMillis(),
            record.firstByteMillis(),
            record.streamed() ? 1 : 0,
            record.estimated() ? 1 : 0
        };
    }

    private static UsageRecord from(ResultSet row) throws SQLException {
        return new UsageRecord(
                row.getString("id"),
                new TenantId(row.getString("tenant")),
                Instant.ofEpochMilli(row.getLong("at")),
                row.getString("key_id"),
                row.getString("configuration"),
                new ProviderId(row.getString("provider")),
                row.getString("model"),
                CredentialSource.of(row.getString("credential")),
                row.getInt("status"),
                row.getInt("attempts"),
                new Tokens(
                        row.getLong("prompt_tokens"), row.getLong("completion_tokens"), row.getLong("cached_tokens")),
                MeterRow.number(row, "cost"),
                MeterRow.number(row, "latency"),
                MeterRow.number(row, "first_byte"),
                row.getLong("streamed") == 1,
                row.getLong("estimated") == 1);
    }
}
