package dev.chatelaine.vault.secret;

import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.provider.KeyStatus;
import dev.chatelaine.vault.store.Transaction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The secrets' rows. A deleted one whose time is over is not there, whether it has been purged yet or not. */
final class SecretRows {
    static final Duration KEPT_AFTER_DELETION = Duration.ofDays(7);

    private static final String NAMED = "SELECT s.*, v.hint FROM secrets s LEFT JOIN secret_versions v"
            + " ON v.secret_id = s.id AND v.number = s.version AND v.tenant = s.tenant"
            + " WHERE s.tenant = ? AND s.name = ? AND s.deleted_at IS NULL";
    private static final String SELECT = "SELECT s.*, v.hint FROM secrets s"
            + " LEFT JOIN secret_versions v ON v.secret_id = s.id AND v.number = s.version AND v.tenant = s.tenant"
            + " WHERE s.tenant = :tenant AND ";

    private final Clock clock;

    SecretRows(Clock clock) {
        this.clock = clock;
    }

    /** The living secret of that name, or else of that id. */
    Optional<SecretRow> living(Transaction tx, TenantId tenant, SecretName nameOrId) {
        return named(tx, tenant, nameOrId).or(() -> one(tx, tenant, "s.id = :ref AND s.deleted_at IS NULL", nameOrId));
    }

    /** The living secret of that name; an id is no name. */
    Optional<SecretRow> named(Transaction tx, TenantId tenant, SecretName name) {
        return tx.direct().first(NAMED, row -> SecretRow.from(tenant, row), tenant.value(), name.value());
    }

    /** Which of these names living secrets have. */
    Set<String> taken(Transaction tx, TenantId tenant, Collection<String> names) {
        return Set.copyOf(tx.direct()
                .allOf(
                        "SELECT name FROM secrets WHERE tenant = ? AND deleted_at IS NULL AND name IN (<values>)",
                        row -> row.getString(1),
                        names,
                        tenant.value()));
    }

    /** The secret of that name that was deleted last, or else of that id. */
    Optional<SecretRow> deleted(Transaction tx, TenantId tenant, SecretName nameOrId) {
        String order = " AND s.purge_at > :now ORDER BY s.deleted_at DESC, s.id DESC LIMIT 1";
        return one(tx, tenant, "s.name = :ref" + order, nameOrId)
                .or(() -> one(tx, tenant, "s.id = :ref" + order, nameOrId));
    }

    /** The secret of that id, living or deleted. A name that looks like an id is not looked at. */
    Optional<SecretRow> byId(Transaction tx, TenantId tenant, String id) {
        return bound(tx.query(SELECT + "s.id = :id AND (s.deleted_at IS NULL OR s.purge_at > :now)"), tenant)
                .bind("id", id)
                .map((row, context) -> SecretRow.from(tenant, row))
                .findFirst();
    }

    /** One row more than a page, read row by row: databases differ in what the case of a letter is, so Java compares. */
    List<SecretRow> page(Transaction tx, TenantId tenant, SecretQuery query, @Nullable SecretCursor after) {
        StringBuilder sql = new StringBuilder(SELECT)
                .append(
                        query.includeDeleted()
                                ? "(s.deleted_at IS NULL OR s.purge_at > :now)"
                                : "s.deleted_at IS NULL");
        if (query.category() != null) {
            sql.append(" AND s.category = :category");
        }
        if (after != null) {
            sql.append(" AND (s.name > :name OR (s.name = :name AND s.id > :id))");
        }
        sql.append(" ORDER BY s.name, s.id").append(query.text() == null ? " LIMIT :limit" : "");
        Query all = filtered(bound(tx.query(sql.toString()), tenant), query, after)
                .bind("limit", query.limit() + 1)
                .setFetchSize(query.limit() + 1);
        try (Stream<SecretRow> found = all.map((row, context) -> SecretRow.from(tenant, row)).stream()) {
            return found.filter(row -> query.finds(row.metadata()))
                    .limit(query.limit() + 1L)
                    .toList();
        }
    }

    void insert(Transaction tx, SecretRow row) {
        SecretMetadata secret = row.metadata();
        tx.update("INSERT INTO secrets (id, tenant, name, category, description, provider, version, key_status,"
                        + " created_at, updated_at) VALUES (:id, :tenant, :name, :category, :description, :provider,"
                        + " :version, :status, :created, :updated)")
                .bind("id", row.id())
                .bind("tenant", row.tenant().value())
                .bind("name", row.name().value())
                .bind("category", secret.category().label())
                .bind("description", secret.description().text())
                .bind(
                        "provider",
                        secret.provider() == null ? null : secret.provider().value())
                .bind("version", secret.version())
                .bind("status", secret.keyStatus().label())
                .bind("created", secret.createdAt().toEpochMilli())
                .bind("updated", secret.updatedAt().toEpochMilli())
                .execute();
    }

    void describe(Transaction tx, SecretRow row, Category category, Description description) {
        tx.update("UPDATE secrets SET category = :category, description = :description, updated_at = :now"
                        + " WHERE id = :id")
                .bind("category", category.label())
                .bind("description", description.text())
                .bind("now", clock.millis())
                .bind("id", row.id())
                .execute();
    }

    /** Points to a new version; what a provider said of the one before no longer counts. */
    void pointTo(Transaction tx, SecretRow row, long version) {
        tx.update("UPDATE secrets SET version = :version, updated_at = :now, key_status = 'unverified',"
                        + " last_verified_at = NULL WHERE id = :id")
                .bind("version", version)
                .bind("now", clock.millis())
                .bind("id", row.id())
                .execute();
    }

    void markDeleted(Transaction tx, SecretRow row) {
        Instant now = Instant.ofEpochMilli(clock.millis());
        tx.update("UPDATE secrets SET deleted_at = :now, purge_at = :purge WHERE id = :id")
                .bind("now", now.toEpochMilli())
                .bind("purge", now.plus(KEPT_AFTER_DELETION).toEpochMilli())
                .bind("id", row.id())
                .execute();
    }

    void markRestored(Transaction tx, SecretRow row) {
        tx.update("UPDATE secrets SET deleted_at = NULL, purge_at = NULL, updated_at = :now WHERE id = :id")
                .bind("now", clock.millis())
                .bind("id", row.id())
                .execute();
    }

    void markUsed(Transaction tx, SecretRow row) {
        tx.update("UPDATE secrets SET last_used_at = :now WHERE id = :id")
                .bind("now", clock.millis())
                .bind("id", row.id())
                .execute();
    }

    /** The same, unless that was done so short a time ago that it makes no difference to anybody. */
    void markUsedWithin(Transaction tx, SecretRow row, Duration sameUse) {
        Instant last = row.metadata().lastUsedAt();
        if (last == null || !Instant.ofEpochMilli(clock.millis()).isBefore(last.plus(sameUse))) {
            markUsed(tx, row);
        }
    }

    void markVerified(Transaction tx, SecretRow row, KeyStatus status) {
        tx.update("UPDATE secrets SET key_status = :status, last_verified_at = :now WHERE id = :id")
                .bind("status", status.label())
                .bind("now", clock.millis())
                .bind("id", row.id())
                .execute();
    }

    /** The tenants that have deleted secrets whose time is over. */
    List<TenantId> tenantsWithExpired(Transaction tx) {
        return tx.query("SELECT DISTINCT tenant FROM secrets WHERE purge_at <= :now ORDER BY tenant")
                .bind("now", clock.millis())
                .map((row, context) -> new TenantId(row.getString(1)))
                .list();
    }

    /** A tenant's deleted secrets whose time is over, at most this many. */
    List<SecretRow> expired(Transaction tx, TenantId tenant, int most) {
        return tx.query("SELECT s.*, NULL AS hint FROM secrets s WHERE s.tenant = :tenant AND s.purge_at <= :now"
                        + " ORDER BY s.purge_at LIMIT :most")
                .bind("tenant", tenant.value())
                .bind("now", clock.millis())
                .bind("most", most)
                .map((row, context) -> SecretRow.from(tenant, row))
                .list();
    }

    void purge(Transaction tx, SecretRow row) {
        tx.update("DELETE FROM secret_versions WHERE secret_id = :id")
                .bind("id", row.id())
                .execute();
        tx.update("DELETE FROM secrets WHERE id = :id").bind("id", row.id()).execute();
    }

    private Optional<SecretRow> one(Transaction tx, TenantId tenant, String condition, SecretName ref) {
        return bound(tx.query(SELECT + condition), tenant)
                .bind("ref", ref.value())
                .map((row, context) -> SecretRow.from(tenant, row))
                .findFirst();
    }

    private Query bound(Query query, TenantId tenant) {
        return query.bind("tenant", tenant.value()).bind("now", clock.millis());
    }

    private static Query filtered(Query bound, SecretQuery query, @Nullable SecretCursor after) {
        Query filtered = bound;
        if (query.category() != null) {
            filtered = filtered.bind("category", query.category().label());
        }
        return after == null
                ? filtered
                : filtered.bind("name", after.name().value())
                        .bind("id", after.id().value());
    }
}
