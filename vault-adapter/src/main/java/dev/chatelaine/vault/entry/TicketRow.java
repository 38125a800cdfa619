package dev.chatelaine.vault.entry;

import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.crypto.Keyrings;
import dev.chatelaine.vault.secret.Category;
import dev.chatelaine.vault.secret.Description;
import dev.chatelaine.vault.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** A ticket as it is on disk. Times are milliseconds since 1970. */
record TicketRow(
        String id,
        String hash,
        TenantId tenant,
        String subject,
        String channel,
        @Nullable String client,
        EntryPage page,
        EntryRequest request,
        @Nullable String recordId,
        long revision,
        TicketState state,
        long createdAt,
        long expiresAt) {

    /** The ticket of that hash; one that the tenant's keys did not make is none. */
    static Optional<TicketRow> byHash(Transaction tx, Keyrings keyrings, String hash) {
        return tx.query("SELECT * FROM entry_tickets WHERE ticket_hash = :hash")
                .bind("hash", hash)
                .map((row, context) -> new Stored(of(row, context), row.getBytes("mac")))
                .findOne()
                .filter(stored -> stored.isAuthentic(tx, keyrings))
                .map(Stored::row);
    }

    /** A ticket and its code, which is there so that none is made by whoever can write the database alone. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Stored(TicketRow row, byte[] mac) {
        boolean isAuthentic(Transaction tx, Keyrings keyrings) {
            return keyrings.of(tx, row.tenant()).isAuthentic(mac, row.fields());
        }
    }

    /** All that never changes of it. */
    private List<String> fields() {
        Category category = request.category();
        Description description = request.description();
        return List.of(
                "entry ticket",
                id,
                hash,
                tenant.value(),
                subject,
                page.label(),
                request.purpose().label(),
                request.name(),
                category == null ? "-" : "+" + category.label(),
                description == null ? "-" : "+" + description.text(),
                recordId == null ? "-" : "+" + recordId,
                Long.toString(revision),
                Long.toString(expiresAt));
    }

    static Optional<TicketRow> byId(Transaction tx, TenantId tenant, String id) {
        return tx.query("SELECT * FROM entry_tickets WHERE id = :id AND tenant = :tenant")
                .bind("id", id)
                .bind("tenant", tenant.value())
                .map(TicketRow::of)
                .findOne();
    }

    /** The open tickets of a tenant whose time is over. */
    static List<TicketRow> overdue(Transaction tx, TenantId tenant, long now) {
        return tx.queryForUpdate("SELECT * FROM entry_tickets WHERE tenant = :tenant AND state = 'open'"
                        + " AND expires_at <= :now ORDER BY expires_at, id")
                .bind("tenant", tenant.value())
                .bind("now", now)
                .map(TicketRow::of)
                .list();
    }

    static List<TenantId> tenantsWithOverdue(Transaction tx, long now) {
        return tx.query("SELECT DISTINCT tenant FROM entry_tickets WHERE state = 'open' AND expires_at <= :now")
                .bind("now", now)
                .map((row, context) -> new TenantId(row.getString(1)))
                .list();
    }

    static int countOpen(Transaction tx, Actor actor) {
        return tx.query("SELECT COUNT(*) FROM entry_tickets WHERE tenant = :tenant AND subject = :subject"
                        + " AND state = 'open'")
                .bind("tenant", actor.tenant().value())
                .bind("subject", actor.subject())
                .mapTo(Integer.class)
                .one();
    }

    /** Forgets what expired, or would have, before a moment. */
    static void deleteExpiredBefore(Transaction tx, long moment) {
        tx.update("DELETE FROM entry_tickets WHERE state <> 'open' AND expires_at < :moment")
                .bind("moment", moment)
                .execute();
    }

    void insert(Transaction tx, Keyrings keyrings) {
        tx.update("INSERT INTO entry_tickets (id, ticket_hash, tenant, subject, channel, client, page, purpose, name,"
                        + " category, description, record_id, revision, state, mac, created_at, expires_at) VALUES (:id,"
                        + " :hash, :tenant, :subject, :channel, :client, :page, :purpose, :name, :category,"
                        + " :description, :record, :revision, :state, :mac, :created, :expires)")
                .bind("id", id)
                .bind("hash", hash)
                .bind("tenant", tenant.value())
                .bind("subject", subject)
                .bind("channel", channel)
                .bind("client", client)
                .bind("page", page.label())
                .bind("purpose", request.purpose().label())
                .bind("name", request.name())
                .bind(
                        "category",
                        request.category() == null ? null : request.category().label())
                .bind(
                        "description",
                        request.description() == null
                                ? null
                                : request.description().text())
                .bind("record", recordId)
                .bind("revision", revision)
                .bind("state", state.label())
                .bind("mac", keyrings.of(tx, tenant).authenticate(fields()))
                .bind("created", createdAt)
                .bind("expires", expiresAt)
                .execute();
    }

    /** Ends an open ticket; false when somebody else did so first. */
    boolean end(Transaction tx, TicketState how) {
        return tx.update("UPDATE entry_tickets SET state = :state WHERE id = :id AND state = 'open'")
                        .bind("state", how.label())
                        .bind("id", id)
                        .execute()
                == 1;
    }

    boolean isOpen(long now) {
        return state == TicketState.OPEN && now < expiresAt;
    }

    boolean isFor(Actor visitor, EntryPage where) {
        return page == where && tenant.equals(visitor.tenant()) && subject.equals(visitor.subject());
    }

    EntryTicket ticket() {
        return new EntryTicket(
                id, tenant, subject, client, request.purpose(), request.name(), Instant.ofEpochMilli(expiresAt));
    }

    private static TicketRow of(ResultSet row, StatementContext context) throws SQLException {
        return new TicketRow(
                row.getString("id"),
                row.getString("ticket_hash"),
                new TenantId(row.getString("tenant")),
                row.getString("subject"),
                row.getString("channel"),
                row.getString("client"),
                EntryPage.of(row.getString("page")),
                request(row),
                row.getString("record_id"),
                row.getLong("revision"),
                TicketState.of(row.getString("state")),
                row.getLong("created_at"),
                row.getLong("expires_at"));
    }

    private static EntryRequest request(ResultSet row) throws SQLException {
        String category = row.getString("category");
        String description = row.getString("description");
        return new EntryRequest(
                Purpose.of(row.getString("purpose")),
                row.getString("name"),
                category == null ? null : Category.of(category),
                description == null ? null : new Description(description));
    }
}
