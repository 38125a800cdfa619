package dev.chatelaine.vault.session;

import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.crypto.Keyrings;
import dev.chatelaine.vault.crypto.TenantKeyring;
import dev.chatelaine.vault.store.Transaction;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** The sessions' rows. One that the tenant's keys did not make is none. */
final class SessionRows {
    private final Keyrings keyrings;

    SessionRows(Keyrings keyrings) {
        this.keyrings = keyrings;
    }

    Optional<SessionRow> find(Transaction tx, TenantId tenant, String id) {
        TenantKeyring keyring = keyrings.of(tx, tenant);
        return tx.query("SELECT * FROM sessions WHERE id = :id AND tenant = :tenant")
                .bind("id", id)
                .bind("tenant", tenant.value())
                .map(SessionRow.Stored::from)
                .findOne()
                .filter(stored -> stored.isAuthentic(keyring))
                .map(SessionRow.Stored::row);
    }

    /** Those of a tenant's sessions that run, by their ids. */
    static Map<String, SessionRow> running(
            Transaction tx, TenantId tenant, TenantKeyring keyring, Collection<String> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        return tx
                .query("SELECT * FROM sessions WHERE id IN (<ids>) AND tenant = :tenant AND status = 'running'")
                .bindList("ids", List.copyOf(ids))
                .bind("tenant", tenant.value())
                .map(SessionRow.Stored::from)
                .stream()
                .filter(stored -> stored.isAuthentic(keyring))
                .map(SessionRow.Stored::row)
                .collect(Collectors.toMap(SessionRow::id, row -> row));
    }

    /** One row more than a page, the newest first. */
    List<SessionRow.Stored> page(Transaction tx, TenantId tenant, SessionQuery query, @Nullable SessionCursor after) {
        String sql = "SELECT * FROM sessions WHERE tenant = :tenant"
                + (query.status() == null ? "" : " AND status = :status")
                + (after == null ? "" : " AND (created_at < :at OR (created_at = :at AND id < :id))")
                + " ORDER BY created_at DESC, id DESC LIMIT :limit";
        return tx.query(sql)
                .bind("tenant", tenant.value())
                .bind("status", query.status() == null ? "" : query.status().label())
                .bind("at", after == null ? 0 : after.createdAt())
                .bind("id", after == null ? "" : after.id())
                .bind("limit", query.limit() + 1)
                .map(SessionRow.Stored::from)
                .list();
    }

    /** A tenant's running sessions that a change of that bundle or secret concerns. */
    List<SessionRow> runningWith(Transaction tx, TenantId tenant, String sourceId) {
        TenantKeyring keyring = keyrings.of(tx, tenant);
        return tx
                .query("SELECT s.* FROM sessions s WHERE s.tenant = :tenant AND s.status = 'running' AND s.id IN"
                        + " (SELECT x.session_id FROM session_sources x WHERE x.source_id = :source"
                        + " AND x.tenant = :tenant) ORDER BY s.id")
                .bind("tenant", tenant.value())
                .bind("source", sourceId)
                .map(SessionRow.Stored::from)
                .list()
                .stream()
                .filter(stored -> stored.isAuthentic(keyring))
                .map(SessionRow.Stored::row)
                .toList();
    }

    /** A tenant's running sessions that no token lets anybody into any more. */
    List<SessionRow> overdue(Transaction tx, TenantId tenant, long now) {
        return tx
                .query("SELECT s.* FROM sessions s WHERE s.tenant = :tenant AND s.status = 'running' AND NOT EXISTS"
                        + " (SELECT 1 FROM session_tokens t WHERE t.session_id = s.id AND t.expires_at > :now)")
                .bind("tenant", tenant.value())
                .bind("now", now)
                .map(SessionRow.Stored::from)
                .list()
                .stream()
                .map(SessionRow.Stored::row)
                .toList();
    }

    List<TenantId> tenantsWithOverdue(Transaction tx, long now) {
        return tx.query("SELECT DISTINCT s.tenant FROM sessions s WHERE s.status = 'running' AND NOT EXISTS"
                        + " (SELECT 1 FROM session_tokens t WHERE t.session_id = s.id AND t.expires_at > :now)"
                        + " ORDER BY s.tenant")
                .bind("now", now)
                .map((row, context) -> new TenantId(row.getString(1)))
                .list();
    }

    void insert(Transaction tx, SessionRow row) {
        bound(
                        tx.update("INSERT INTO sessions (id, tenant, status, revision, agent, template, vendor, model,"
                                + " base_url, llm_key, bundles, refs, user_id, created_at, created_by, mac) VALUES (:id,"
                                + " :tenant, :status, :revision, :agent, :template, :vendor, :model, :baseUrl, :llmKey,"
                                + " :bundles, :refs, :userId, :created, :by, :mac)"),
                        tx,
                        row)
                .bind("created", row.createdAt().toEpochMilli())
                .bind("by", row.createdBy())
                .execute();
        insertSources(tx, row);
    }

    /** Writes a session with what it is given now. */
    void resume(Transaction tx, SessionRow row) {
        bound(
                        tx.update("UPDATE sessions SET status = :status, revision = :revision, base_url = :baseUrl,"
                                + " llm_key = :llmKey, bundles = :bundles, refs = :refs, stopped_at = NULL, mac = :mac"
                                + " WHERE id = :id AND tenant = :tenant"),
                        tx,
                        row)
                .execute();
        insertSources(tx, row);
    }

    /** Writes that a session was stopped: nothing concerns it any more. Its code stays what it was, good or not. */
    void stop(Transaction tx, SessionRow row, Instant now) {
        tx.update("UPDATE sessions SET status = 'stopped', stopped_at = :now WHERE id = :id")
                .bind("now", now.toEpochMilli())
                .bind("id", row.id())
                .execute();
        tx.update("DELETE FROM session_sources WHERE session_id = :id")
                .bind("id", row.id())
                .execute();
    }

    /** Raises the revisions of sessions by one. */
    void raise(Transaction tx, Collection<SessionRow> rows) {
        PreparedBatch batch = tx.batch("UPDATE sessions SET revision = revision + 1 WHERE id = :id");
        rows.forEach(row -> batch.bind("id", row.id()).add());
        batch.execute();
    }

    private static void insertSources(Transaction tx, SessionRow row) {
        PreparedBatch batch = tx.batch("INSERT INTO session_sources (session_id, rank, tenant, source_id)"
                + " VALUES (:session, :rank, :tenant, :source)");
        row.definition()
                .sources()
                .forEach((rank, source) -> batch.bind("session", row.id())
                        .bind("rank", rank)
                        .bind("tenant", row.tenant().value())
                        .bind("source", source)
                        .add());
        if (batch.size() > 0) {
            batch.execute();
        }
    }

    private <T extends SqlStatement<T>> T bound(T statement, Transaction tx, SessionRow row) {
        Definition definition = row.definition();
        ModelChoice llm = definition.llm();
        return statement
                .bind("id", row.id())
                .bind("tenant", row.tenant().value())
                .bind("status", row.status().label())
                .bind("revision", row.revision())
                .bind("agent", definition.agent())
                .bind("template", definition.template())
                .bind("vendor", llm == null ? null : llm.vendor())
                .bind("model", llm == null ? null : llm.model().value())
                .bind("baseUrl", llm == null ? null : llm.baseUrl())
                .bind("llmKey", definition.llmKey())
                .bind("bundles", definition.bundlesText())
                .bind("refs", definition.refsText())
                .bind("userId", definition.userId())
                .bind("mac", row.mac(keyrings.of(tx, row.tenant())));
    }
}
