package dev.chatelaine.vault.llm;

import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.store.Transaction;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.Update;

/** The configurations' rows. */
final class ConfigurationRows {
    private static final String SELECT = "SELECT c.*, k.version AS own_version, k.hint AS own_hint,"
            + " k.key_status AS own_status, k.last_verified_at AS own_verified_at, k.last_used_at AS own_used_at"
            + " FROM llm_configurations c LEFT JOIN llm_keys k ON k.configuration_id = c.id AND k.tenant = c.tenant"
            + " WHERE c.tenant = :tenant ";

    private ConfigurationRows() {}

    /** The configuration of that name, or else of that id. */
    static Optional<ConfigurationRow> find(Transaction tx, TenantId tenant, ConfigurationName nameOrId) {
        return one(tx, tenant, "AND c.name = :ref", nameOrId.value()).or(() -> byId(tx, tenant, nameOrId.value()));
    }

    /** The configuration of that id. A name that looks like an id is not looked at. */
    static Optional<ConfigurationRow> byId(Transaction tx, TenantId tenant, String id) {
        return one(tx, tenant, "AND c.id = :ref", id);
    }

    static List<ConfigurationRow> list(Transaction tx, TenantId tenant) {
        return tx.query(SELECT + "ORDER BY c.name")
                .bind("tenant", tenant.value())
                .map((row, context) -> ConfigurationRow.from(tenant, row))
                .list();
    }

    static long nextOrdinal(Transaction tx, TenantId tenant) {
        return tx.query("SELECT COALESCE(MAX(ordinal), 0) + 1 FROM llm_configurations WHERE tenant = :tenant")
                .bind("tenant", tenant.value())
                .mapTo(Long.class)
                .one();
    }

    static void insert(Transaction tx, ConfigurationRow row) {
        bound(
                        tx.update("INSERT INTO llm_configurations (id, tenant, name, provider, model, base_url,"
                                + " fallbacks, is_default, ordinal, key_version, created_at, updated_at) VALUES (:id,"
                                + " :tenant, :name, :provider, :model, :base, :fallbacks, :default, :ordinal, 0,"
                                + " :created, :updated)"),
                        row)
                .execute();
    }

    static void update(Transaction tx, ConfigurationRow row) {
        bound(
                        tx.update("UPDATE llm_configurations SET name = :name, provider = :provider, model = :model,"
                                + " base_url = :base, fallbacks = :fallbacks, updated_at = :updated WHERE id = :id"),
                        row)
                .execute();
    }

    static void delete(Transaction tx, ConfigurationRow row) {
        tx.update("DELETE FROM llm_configurations WHERE id = :id")
                .bind("id", row.id())
                .execute();
    }

    /** Takes the default from whichever has it. */
    static void clearDefault(Transaction tx, TenantId tenant) {
        tx.update("UPDATE llm_configurations SET is_default = 0 WHERE tenant = :tenant AND is_default = 1")
                .bind("tenant", tenant.value())
                .execute();
    }

    static void markDefault(Transaction tx, ConfigurationRow row) {
        tx.update("UPDATE llm_configurations SET is_default = 1 WHERE id = :id")
                .bind("id", row.id())
                .execute();
    }

    private static Optional<ConfigurationRow> one(Transaction tx, TenantId tenant, String condition, String ref) {
        return tx.query(SELECT + condition)
                .bind("tenant", tenant.value())
                .bind("ref", ref)
                .map((row, context) -> ConfigurationRow.from(tenant, row))
                .findOne();
    }

    private static Update bound(Update update, ConfigurationRow row) {
        LlmConfiguration configuration = row.configuration();
        return update.bind("id", row.id())
                .bind("tenant", row.tenant().value())
                .bind("name", row.name().value())
                .bind("provider", configuration.provider().value())
                .bind("model", configuration.model().value())
                .bind(
                        "base",
                        configuration.baseUrl() == null
                                ? null
                                : configuration.baseUrl().toString())
                .bind("fallbacks", row.fallbacksText())
                .bind("default", configuration.isDefault() ? 1L : 0L)
                .bind("ordinal", row.ordinal())
                .bind("created", configuration.createdAt().toEpochMilli())
                .bind("updated", configuration.updatedAt().toEpochMilli());
    }
}
