package dev.chatelaine.vault.session;

import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Channel;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.bundle.KeyName;
import dev.chatelaine.vault.crypto.TenantKeyring;
import dev.chatelaine.vault.llm.ModelName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** A session as it is on disk, without its values. */
record SessionRow(
        TenantId tenant,
        String id,
        SessionStatus status,
        long revision,
        Definition definition,
        Instant createdAt,
        String createdBy,
        @Nullable Instant stoppedAt) {

    /** A session and its code, which is there so that none is made or changed by who can write the database alone. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Stored(SessionRow row, byte[] mac) {
        boolean isAuthentic(TenantKeyring keyring) {
            return keyring.isAuthentic(mac, row.fields());
        }

        static Stored from(ResultSet row, StatementContext context) throws SQLException {
            long stopped = row.getLong("stopped_at");
            Instant stoppedAt = row.wasNull() ? null : Instant.ofEpochMilli(stopped);
            return new Stored(
                    new SessionRow(
                            new TenantId(row.getString("tenant")),
                            row.getString("id"),
                            SessionStatus.of(row.getString("status")),
                            row.getLong("revision"),
                            definition(row),
                            Instant.ofEpochMilli(row.getLong("created_at")),
                            row.getString("created_by"),
                            stoppedAt),
                    row.getBytes("mac"));
        }
    }

    byte[] mac(TenantKeyring keyring) {
        return keyring.authenticate(fields());
    }

    boolean isRunning() {
        return status == SessionStatus.RUNNING;
    }

    /** The session as the one who acts: its runtime, or its time. */
    Actor actor() {
        return new Actor(id, tenant, Set.of(), Channel.SESSION, definition.agent());
    }

    SessionRow nextRevision() {
        return new SessionRow(tenant, id, status, revision + 1, definition, createdAt, createdBy, stoppedAt);
    }

    SessionRow resumed(Definition anew) {
        return new SessionRow(tenant, id, SessionStatus.RUNNING, revision + 1, anew, createdAt, createdBy, null);
    }

    Session session(List<KeyName> keyNames) {
        return new Session(
                id,
                status,
                definition.agent(),
                definition.template(),
                definition.llm(),
                definition.bundleNames(),
                definition.refs(),
                keyNames,
                revision,
                definition.userId(),
                createdAt,
                stoppedAt);
    }

    private List<String> fields() {
        List<String> fields = new ArrayList<>(
                List.of("session", id, tenant.value(), Long.toString(createdAt.toEpochMilli()), createdBy));
        fields.addAll(definition.fields());
        return fields;
    }

    private static Definition definition(ResultSet row) throws SQLException {
        String vendor = row.getString("vendor");
        return new Definition(
                row.getString("agent"),
                row.getString("template"),
                vendor == null
                        ? null
                        : new ModelChoice(vendor, new ModelName(row.getString("model")), row.getString("base_url")),
                row.getString("llm_key"),
                Definition.bundles(row.getString("bundles")),
                Definition.refs(row.getString("refs")),
                row.getString("user_id"));
    }
}
