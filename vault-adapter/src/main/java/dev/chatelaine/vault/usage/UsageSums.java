package dev.chatelaine.vault.usage;

import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds records up, in the database. Every expression that is put into the SQL is a constant of this package. */
final class UsageSums {
    private static final String SUMS = "COUNT(*) AS requests,"
            + " SUM(CASE WHEN status >= 400 OR status = 0 THEN 1 ELSE 0 END) AS failed,"
            + " SUM(prompt_tokens) AS prompt, SUM(completion_tokens) AS completion, SUM(cached_tokens) AS cached,"
            + " SUM(CASE WHEN cost IS NULL THEN 0 ELSE cost END) AS micro_usd,"
            + " SUM(CASE WHEN cost IS NULL THEN 1 ELSE 0 END) AS unpriced, SUM(estimated) AS estimated";

    private final Transaction tx;
    private final TenantId tenant;
    private final UsageQuery query;

    UsageSums(Transaction tx, TenantId tenant, UsageQuery query) {
        this.tx = tx;
        this.tenant = tenant;
        this.query = query;
    }

    /** All groups of a grouping, at most so many. */
    List<UsageGroup> groups(UsageGrouping by, int most) {
        String order = by == UsageGrouping.DAY ? "part" : "micro_usd DESC, requests DESC, part";
        String name = by == UsageGrouping.GATEWAY_KEY
                ? "(SELECT name FROM gateway_keys WHERE id = part AND tenant = :tenant)"
                : "NULL";
        return select(by.expression(), name, " GROUP BY part ORDER BY " + order, most).stream()
                .map(group -> by == UsageGrouping.DAY ? onDay(group) : group)
                .toList();
    }

    /** Everything together. */
    UsageGroup whole() {
        return select("''", "NULL", " GROUP BY part", 1).stream()
                .map(group -> with(group, null))
                .findFirst()
                .orElseGet(() -> {
                    Percentiles none = new Percentiles(null, null, null);
                    return new UsageGroup(null, null, 0, 0, Tokens.NONE, 0, 0, 0, none, none);
                });
    }

    private List<UsageGroup> select(String expression, String name, String end, int most) {
        String ranked = "SELECT usage_records.*, " + expression + " AS part, "
                + ranked("latency", expression) + ", " + ranked("first_byte", expression)
                + " FROM usage_records WHERE tenant = :tenant AND at >= :from AND at < :to";
        String sql = "SELECT part, " + name + " AS name, " + SUMS + ", " + percentiles("latency") + ", "
                + percentiles("first_byte") + " FROM (" + ranked + ") AS ranked" + end + " LIMIT :most";
        return tx.query(sql)
                .bind("tenant", tenant.value())
                .bind("from", query.from().toEpochMilli())
                .bind("to", query.to().toEpochMilli())
                .bind("most", most)
                .map((row, context) -> group(row))
                .list();
    }

    /** Each record's place among those of its group whose time is known, and how many they are. */
    private static String ranked(String time, String expression) {
        String known = "CASE WHEN " + time + " IS NULL THEN 1 ELSE 0 END";
        return "ROW_NUMBER() OVER (PARTITION BY " + expression + ", " + known + " ORDER BY " + time + ") AS " + time
                + "_place, COUNT(" + time + ") OVER (PARTITION BY " + expression + ") AS " + time + "_count";
    }

    private static String percentiles(String time) {
        return percentile(time, 50) + ", " + percentile(time, 95) + ", " + percentile(time, 99);
    }

    private static String percentile(String time, int percent) {
        return "MAX(CASE WHEN " + time + "_place = (" + time + "_count * " + percent + " + 99) / 100 THEN " + time
                + " END) AS " + time + "_p" + percent;
    }

    private static UsageGroup group(ResultSet row) throws SQLException {
        return new UsageGroup(
                row.getString("part"),
                row.getString("name"),
                row.getLong("requests"),
                row.getLong("failed"),
                new Tokens(row.getLong("prompt"), row.getLong("completion"), row.getLong("cached")),
                row.getLong("micro_usd"),
                row.getLong("unpriced"),
                row.getLong("estimated"),
                percentiles(row, "latency"),
                percentiles(row, "first_byte"));
    }

    private static Percentiles percentiles(ResultSet row, String time) throws SQLException {
        return new Percentiles(
                MeterRow.number(row, time + "_p50"),
                MeterRow.number(row, time + "_p95"),
                MeterRow.number(row, time + "_p99"));
    }

    private static UsageGroup onDay(UsageGroup group) {
        String day = group.group();
        return day == null
                ? group
                : with(group, LocalDate.ofEpochDay(Long.parseLong(day)).toString());
    }

    private static UsageGroup with(UsageGroup group, @Nullable String called) {
        return new UsageGroup(
                called,
                group.name(),
                group.requests(),
                group.failed(),
                group.tokens(),
                group.microUsd(),
                group.unpriced(),
                group.estimated(),
                group.latency(),
                group.firstByte());
    }
}
