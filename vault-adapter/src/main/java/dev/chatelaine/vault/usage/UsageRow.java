package dev.chatelaine.vault.usage;

import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.provider.ProviderId;
import dev.chatelaine.vault.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.statement.SqlStatement;

/** Usage records on disk. */
final class UsageRow {
    private UsageRow() {}

    static Optional<UsageRecord> find(Transaction tx, TenantId tenant, String id) {
        return tx.query("SELECT * FROM usage_records WHERE id = :id AND tenant = :tenant")
                .bind("id", id)
                .bind("tenant", tenant.value())
                .map((row, context) -> from(row))
                .findOne();
    }

    /** Writes a record, in place of the one of the same request if there is one. */
    static void put(Transaction tx, UsageRecord record) {
        delete(tx, record.tenant(), record.id());
        bound(
                        tx.update("INSERT INTO usage_records (id, tenant, at, key_id, configuration, provider, model,"
                                + " credential, status, attempts, prompt_tokens, completion_tokens, cached_tokens,"
                                + " cost, latency, first_byte, streamed, estimated) VALUES (:id, :tenant, :at, :key,"
                                + " :configuration, :provider, :model, :credential, :status, :attempts, :prompt,"
                                + " :completion, :cached, :cost, :latency, :first, :streamed, :estimated)"),
                        record)
                .execute();
    }

    static void delete(Transaction tx, TenantId tenant, String id) {
        tx.update("DELETE FROM usage_records WHERE id = :id AND tenant = :tenant")
                .bind("id", id)
                .bind("tenant", tenant.value())
                .execute();
    }

    private static <S extends SqlStatement<S>> S bound(S statement, UsageRecord record) {
        return statement
                .bind("id", record.id())
                .bind("tenant", record.tenant().value())
                .bind("at", record.at().toEpochMilli())
                .bind("key", record.keyId())
                .bind("configuration", record.configuration())
                .bind("provider", record.provider().value())
                .bind("model", record.model())
                .bind("credential", record.credential().label())
                .bind("status", record.status())
                .bind("attempts", record.attempts())
                .bind("prompt", record.tokens().prompt())
                .bind("completion", record.tokens().completion())
                .bind("cached", record.tokens().cached())
                .bind("cost", record.microUsd())
                .bind("latency", record.latencyMillis())
                .bind("first", record.firstByteMillis())
                .bind("streamed", record.streamed() ? 1 : 0)
                .bind("estimated", record.estimated() ? 1 : 0);
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
