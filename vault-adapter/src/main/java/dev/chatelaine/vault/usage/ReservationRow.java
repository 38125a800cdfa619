package dev.chatelaine.vault.usage;

import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.crypto.TenantKeyring;
import dev.chatelaine.vault.provider.ProviderId;
import dev.chatelaine.vault.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A reservation as it is on disk, with a code by the tenant's keys over all of it: one that was planted would make a key
 * pay for nothing. Times are milliseconds since 1970.
 *
 * @param swept whether its deadline was over and its worst case was settled
 */
record ReservationRow(
        String id, TenantId tenant, @Nullable String keyId, Quote quote, long begunAt, long expiresAt, boolean swept) {

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Stored(ReservationRow row, byte[] mac) {
        boolean isAuthentic(TenantKeyring keyring) {
            return keyring.isAuthentic(mac, row.fields());
        }
    }

    /** The reservations of these ids, whoever's they are and whoever made them. */
    static List<Stored> find(Transaction tx, Collection<String> ids) {
        return tx.direct().allOf("SELECT * FROM usage_reservations WHERE id IN (<values>)", ReservationRow::from, ids);
    }

    /** The oldest of a tenant whose deadline is over and which are not settled yet. */
    static List<Stored> overdue(Transaction tx, TenantId tenant, long now, int most) {
        return tx.query("SELECT * FROM usage_reservations WHERE tenant = :tenant AND swept = 0 AND expires_at <= :now"
                        + " ORDER BY expires_at, id LIMIT :most")
                .bind("tenant", tenant.value())
                .bind("now", now)
                .bind("most", most)
                .map((row, context) -> from(row))
                .list();
    }

    static List<TenantId> tenantsWithOverdue(Transaction tx, long now) {
        return tx.query("SELECT DISTINCT tenant FROM usage_reservations WHERE swept = 0 AND expires_at <= :now")
                .bind("now", now)
                .map((row, context) -> new TenantId(row.getString(1)))
                .list();
    }

    /** Forgets those that were swept and expired before a moment. */
    static void forget(Transaction tx, TenantId tenant, long moment) {
        tx.update("DELETE FROM usage_reservations WHERE tenant = :tenant AND swept = 1 AND expires_at < :moment")
                .bind("tenant", tenant.value())
                .bind("moment", moment)
                .execute();
    }

    static void insert(Transaction tx, TenantKeyring keyring, List<ReservationRow> rows) {
        if (rows.isEmpty()) {
            return;
        }
        tx.direct()
                .changeEach(
                        "INSERT INTO usage_reservations (id, tenant, key_id, configuration, provider, model,"
                                + " credential, prompt_tokens, completion_tokens, cost, begun_at, expires_at, swept,"
                                + " mac) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        rows.stream().map(row -> row.values(keyring)).toList());
    }

    static void delete(Transaction tx, Collection<String> ids) {
        if (!ids.isEmpty()) {
            tx.direct()
                    .changeEach(
                            "DELETE FROM usage_reservations WHERE id = ?",
                            ids.stream().map(id -> new Object[] {id}).toList());
        }
    }

    private @Nullable Object[] values(TenantKeyring keyring) {
        return new @Nullable Object[] {
            id,
            tenant.value(),
            keyId,
            quote.configuration(),
            quote.provider().value(),
            quote.model(),
            quote.credential().label(),
            quote.worst().prompt(),
            quote.worst().completion(),
            quote.microUsd(),
            begunAt,
            expiresAt,
            swept ? 1 : 0,
            keyring.authenticate(fields())
        };
    }

    /** The same, with its worst case settled. */
    ReservationRow asSwept() {
        return new ReservationRow(id, tenant, keyId, quote, begunAt, expiresAt, true);
    }

    /** The same, of another quote. */
    ReservationRow with(Quote other, long until) {
        return new ReservationRow(id, tenant, keyId, other, begunAt, until, false);
    }

    /** What it holds of its key's meter. */
    long money() {
        Long cost = quote.microUsd();
        return cost == null ? 0 : cost;
    }

    /** What it holds of the pool's meter. */
    long tokens() {
        return Math.min(quote.worst().whole(), Ledger.MOST);
    }

    /** The pool's meter of the month in which the request began, or null where it is not the pool's. */
    @Nullable
    String poolMeter() {
        return quote.credential() == CredentialSource.POOL ? poolMeter(begunAt) : null;
    }

    /** The pool's meter of the month (UTC) that a moment is in. */
    static String poolMeter(long moment) {
        return "pool:" + YearMonth.from(Instant.ofEpochMilli(moment).atOffset(ZoneOffset.UTC));
    }

    Reservation reservation() {
        return new Reservation(id, tenant, Instant.ofEpochMilli(expiresAt));
    }

    private List<String> fields() {
        return Arrays.asList(
                "usage reservation",
                id,
                tenant.value(),
                optional(keyId),
                optional(quote.configuration()),
                quote.provider().value(),
                quote.model(),
                quote.credential().label(),
                Long.toString(quote.worst().prompt()),
                Long.toString(quote.worst().completion()),
                optional(quote.microUsd()),
                Long.toString(begunAt),
                Long.toString(expiresAt),
                Boolean.toString(swept));
    }

    private static String optional(@Nullable Object value) {
        return value == null ? "-" : "+" + value;
    }

    private static Stored from(ResultSet row) throws SQLException {
        Quote quote = new Quote(
                new ProviderId(row.getString("provider")),
                row.getString("model"),
                row.getString("configuration"),
                CredentialSource.of(row.getString("credential")),
                new Tokens(row.getLong("prompt_tokens"), row.getLong("completion_tokens"), 0),
                MeterRow.number(row, "cost"));
        return new Stored(
                new ReservationRow(
                        row.getString("id"),
                        new TenantId(row.getString("tenant")),
                        row.getString("key_id"),
                        quote,
                        row.getLong("begun_at"),
                        row.getLong("expires_at"),
                        row.getLong("swept") == 1),
                row.getBytes("mac"));
    }
}
