package dev.chatelaine.vault.gatewaykey;

import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.crypto.TenantKeyring;
import dev.chatelaine.vault.store.Transaction;
import dev.chatelaine.vault.usage.KeySpend;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * A gateway key as it is on disk, where it is among the living. Times are milliseconds since 1970.
 *
 * @param allowedModels lines, or null
 */
record KeyRow(
        String id,
        TenantId tenant,
        GatewayKeyName name,
        long revision,
        @Nullable String allowedModels,
        @Nullable String fallbackModel,
        @Nullable Long expiresAt,
        String hint,
        long createdAt,
        String createdBy,
        long updatedAt) {

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Stored(KeyRow row, byte[] mac) {
        boolean isAuthentic(TenantKeyring keyring) {
            return keyring.isAuthentic(mac, row.fields());
        }
    }

    static Optional<Stored> find(Transaction tx, TenantId tenant, GatewayKeyName nameOrId) {
        return tx.query("SELECT * FROM gateway_keys WHERE tenant = :tenant AND (id = :name OR name = :name)"
                        + " AND deleted_at IS NULL ORDER BY CASE WHEN id = :name THEN 0 ELSE 1 END LIMIT 1")
                .bind("tenant", tenant.value())
                .bind("name", nameOrId.value())
                .map((row, context) -> from(row))
                .findOne();
    }

    static boolean isTaken(Transaction tx, TenantId tenant, GatewayKeyName name) {
        return tx.query("SELECT COUNT(*) FROM gateway_keys WHERE tenant = :tenant AND name = :name"
                                + " AND deleted_at IS NULL")
                        .bind("tenant", tenant.value())
                        .bind("name", name.value())
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    /** The living keys by name, after one of them, at most so many. */
    static List<Stored> page(Transaction tx, TenantId tenant, KeyCursor after, int most) {
        return tx.query("SELECT * FROM gateway_keys WHERE tenant = :tenant AND name > :after"
                        + " AND deleted_at IS NULL ORDER BY name LIMIT :most")
                .bind("tenant", tenant.value())
                .bind("after", after.name())
                .bind("most", most)
                .map((row, context) -> from(row))
                .list();
    }

    void insert(Transaction tx, TenantKeyring keyring) {
        bound(
                        tx.update("INSERT INTO gateway_keys (id, tenant, name, revision, allowed_models,"
                                + " fallback_model, expires_at, hint, created_at, created_by, updated_at, mac) VALUES"
                                + " (:id, :tenant, :name, :revision, :models, :fallback, :expires, :hint, :created,"
                                + " :by, :updated, :mac)"),
                        keyring)
                .execute();
    }

    void update(Transaction tx, TenantKeyring keyring) {
        bound(
                        tx.update("UPDATE gateway_keys SET name = :name, revision = :revision,"
                                + " allowed_models = :models, fallback_model = :fallback, expires_at = :expires,"
                                + " hint = :hint, updated_at = :updated, mac = :mac"
                                + " WHERE id = :id AND tenant = :tenant"),
                        keyring)
                .execute();
    }

    void delete(Transaction tx, long now) {
        tx.update("UPDATE gateway_keys SET deleted_at = :now WHERE id = :id AND tenant = :tenant")
                .bind("now", now)
                .bind("id", id)
                .bind("tenant", tenant.value())
                .execute();
    }

    KeyRow rotated(String newHint, long now) {
        return new KeyRow(
                id,
                tenant,
                name,
                revision + 1,
                allowedModels,
                fallbackModel,
                expiresAt,
                newHint,
                createdAt,
                createdBy,
                now);
    }

    boolean worksAt(long now) {
        return expiresAt == null || now < expiresAt;
    }

    @Nullable
    ModelPatterns patterns() {
        return allowedModels == null
                ? null
                : new ModelPatterns(allowedModels.lines().toList());
    }

    GatewayKey metadata(@Nullable KeySpend spend, boolean intact) {
        return new GatewayKey(
                id,
                name,
                patterns(),
                fallbackModel,
                expiresAt == null ? null : Instant.ofEpochMilli(expiresAt),
                hint,
                spend,
                intact,
                Instant.ofEpochMilli(createdAt),
                createdBy,
                Instant.ofEpochMilli(updatedAt),
                revision);
    }

    GatewayAccess access() {
        return new GatewayAccess(tenant, id, name, patterns(), fallbackModel);
    }

    private <S extends SqlStatement<S>> S bound(S statement, TenantKeyring keyring) {
        return statement
                .bind("id", id)
                .bind("tenant", tenant.value())
                .bind("name", name.value())
                .bind("revision", revision)
                .bind("models", allowedModels)
                .bind("fallback", fallbackModel)
                .bind("expires", expiresAt)
                .bind("hint", hint)
                .bind("created", createdAt)
                .bind("by", createdBy)
                .bind("updated", updatedAt)
                .bind("mac", keyring.authenticate(fields()));
    }

    private List<String> fields() {
        return Arrays.asList(
                "gateway key",
                id,
                tenant.value(),
                name.value(),
                Long.toString(revision),
                optional(allowedModels),
                optional(fallbackModel),
                optional(expiresAt),
                hint,
                Long.toString(createdAt),
                createdBy,
                Long.toString(updatedAt));
    }

    private static String optional(@Nullable Object value) {
        return value == null ? "-" : "+" + value;
    }

    /** A name that is none is nobody's of ours: the row's code does not fit what stands in its place. */
    private static GatewayKeyName name(ResultSet row) throws SQLException {
        try {
            return new GatewayKeyName(row.getString("name"));
        } catch (VaultException e) {
            return new GatewayKeyName(row.getString("id"));
        }
    }

    static Stored from(ResultSet row) throws SQLException {
        long expires = row.getLong("expires_at");
        Long expiresAt = row.wasNull() ? null : Long.valueOf(expires);
        return new Stored(
                new KeyRow(
                        row.getString("id"),
                        new TenantId(row.getString("tenant")),
                        name(row),
                        row.getLong("revision"),
                        row.getString("allowed_models"),
                        row.getString("fallback_model"),
                        expiresAt,
                        row.getString("hint"),
                        row.getLong("created_at"),
                        row.getString("created_by"),
                        row.getLong("updated_at")),
                row.getBytes("mac"));
    }
}
