package dev.chatelaine.http.rest;

import dev.chatelaine.vault.usage.Percentiles;
import dev.chatelaine.vault.usage.PoolQuota;
import dev.chatelaine.vault.usage.UsageGroup;
import dev.chatelaine.vault.usage.UsageGrouping;
import dev.chatelaine.vault.usage.UsageReport;
import java.util.LinkedHashMap;
import java.util.Map;

/** Usage as a document. Money is micro-USD, time milliseconds, each a whole number. */
final class UsageViews {
    private UsageViews() {}

    static Map<String, Object> report(UsageReport report, PoolQuota pool) {
        UsageGrouping by = report.query().by();
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("from", Times.text(report.query().from()));
        view.put("to", Times.text(report.query().to()));
        view.put("group_by", by == null ? null : by.label());
        view.put("total", sums(report.whole()));
        view.put("groups", report.groups().stream().map(UsageViews::group).toList());
        view.put("truncated", report.truncated());
        view.put("pool", pool(pool));
        return view;
    }

    private static Map<String, Object> group(UsageGroup group) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("group", group.group());
        if (group.name() != null) {
            view.put("name", group.name());
        }
        view.putAll(sums(group));
        return view;
    }

    private static Map<String, Object> sums(UsageGroup group) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("requests", group.requests());
        view.put("failed", group.failed());
        view.put("prompt_tokens", group.tokens().prompt());
        view.put("completion_tokens", group.tokens().completion());
        view.put("cached_tokens", group.tokens().cached());
        view.put("cost_micro_usd", group.knownMicroUsd());
        view.put("unpriced", group.unpriced());
        view.put("estimated", group.estimated());
        view.put("latency_ms", percentiles(group.latency()));
        view.put("first_byte_ms", percentiles(group.firstByte()));
        return view;
    }

    private static Map<String, Object> percentiles(Percentiles of) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("p50", of.p50());
        view.put("p95", of.p95());
        view.put("p99", of.p99());
        return view;
    }

    private static Map<String, Object> pool(PoolQuota quota) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("month", quota.month().toString());
        view.put("quota_tokens", quota.quota());
        view.put("used_tokens", quota.used());
        view.put("reserved_tokens", quota.reserved());
        return view;
    }
}
