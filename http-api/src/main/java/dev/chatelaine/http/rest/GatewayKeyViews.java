package dev.chatelaine.http.rest;

import dev.chatelaine.vault.gatewaykey.GatewayKey;
import dev.chatelaine.vault.gatewaykey.GatewayKeyPage;
import dev.chatelaine.vault.gatewaykey.IssuedGatewayKey;
import dev.chatelaine.vault.gatewaykey.ModelPatterns;
import dev.chatelaine.vault.usage.KeySpend;
import java.util.LinkedHashMap;
import java.util.Map;

/** Gateway keys as documents. The key itself is in one of them alone, that of its making. */
final class GatewayKeyViews {
    private GatewayKeyViews() {}

    static Map<String, Object> key(GatewayKey key) {
        ModelPatterns allowed = key.allowedModels();
        KeySpend spend = key.spend();
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", key.id());
        view.put("name", key.name().value());
        view.put("allowed_models", allowed == null ? null : allowed.globs());
        view.put("spend_cap_micro_usd", spend == null ? null : spend.cap());
        view.put("spent_micro_usd", spend == null ? null : spend.spent());
        view.put("reserved_micro_usd", spend == null ? null : spend.reserved());
        view.put("overrun_micro_usd", spend == null ? null : spend.overrun());
        view.put("fallback_model", key.fallbackModel());
        view.put("expires_at", Times.textOrNull(key.expiresAt()));
        view.put("hint", key.hint());
        view.put("last_used_at", spend == null ? null : Times.textOrNull(spend.lastUsedAt()));
        view.put("created_at", Times.text(key.createdAt()));
        view.put("created_by", key.createdBy());
        view.put("updated_at", Times.text(key.updatedAt()));
        view.put("revision", key.revision());
        view.put("intact", key.intact());
        return view;
    }

    static Map<String, Object> issued(IssuedGatewayKey issued) {
        Map<String, Object> view = key(issued.key());
        view.put("key", issued.secret());
        return view;
    }

    static Map<String, Object> page(GatewayKeyPage page) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("gateway_keys", page.keys().stream().map(GatewayKeyViews::key).toList());
        if (page.nextCursor() != null) {
            view.put("next_cursor", page.nextCursor());
        }
        return view;
    }

    static Map<String, Object> deleted(GatewayKey key) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", key.id());
        view.put("name", key.name().value());
        view.put("deleted", true);
        return view;
    }
}
