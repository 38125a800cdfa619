package dev.chatelaine.mcp.tool;

import static dev.chatelaine.mcp.tool.Facts.quoted;
import static dev.chatelaine.mcp.tool.Facts.since;
import static dev.chatelaine.mcp.tool.Facts.timeOrNull;

import dev.chatelaine.mcp.tool.ToolOutcome.Done;
import dev.chatelaine.vault.byok.ByokOverview;
import dev.chatelaine.vault.byok.ProviderOverview;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code list_byok_providers} answers. */
final class ByokAnswers {
    private ByokAnswers() {}

    static Done of(ByokOverview overview) {
        Map<String, Object> providers = new LinkedHashMap<>();
        overview.providers().forEach(one -> providers.put(one.provider().id().value(), one.configured()));
        Map<String, @Nullable Object> structured = new LinkedHashMap<>();
        structured.put("providers", providers);
        structured.put(
                "details",
                overview.providers().stream().map(ByokAnswers::structured).toList());
        structured.put("plan", overview.plan().name());
        structured.put("byok_available", overview.plan().byok());
        return new Done(structured, text(overview));
    }

    private static Map<String, @Nullable Object> structured(ProviderOverview one) {
        Map<String, @Nullable Object> structured = new LinkedHashMap<>();
        structured.put("provider", one.provider().id().value());
        structured.put("display_name", one.provider().displayName());
        structured.put("configured", one.configured());
        structured.put("source", one.source().label());
        structured.put("secret_name", one.provider().secretName());
        structured.put("hint", one.hint());
        structured.put("status", one.status() == null ? null : one.status().label());
        structured.put("last_verified_at", timeOrNull(one.lastVerifiedAt()));
        structured.put("last_used_at", timeOrNull(one.lastUsedAt()));
        structured.put("key_format", one.provider().keyFormat().shown());
        return structured;
    }

    private static String text(ByokOverview overview) {
        StringBuilder text = new StringBuilder("The plan is ")
                .append(overview.plan().name())
                .append(overview.plan().byok() ? ", which takes" : ", which does not take")
                .append(" the tenant's own provider keys.");
        overview.providers().forEach(one -> text.append("\n- ").append(line(one)));
        return text.toString();
    }

    private static String line(ProviderOverview one) {
        String provider = one.provider().displayName() + " (" + one.provider().id() + "): ";
        String format = "; its keys look like: " + one.provider().keyFormat().shown();
        String secret = quoted(String.valueOf(one.provider().secretName()));
        return switch (one.source()) {
            case SECRET -> provider + "key in the secret " + secret + ", " + state(one) + format;
            case CONFIGURATION ->
                provider + "key in an LLM configuration, " + state(one) + "; a secret would be " + secret + format;
            case NONE -> provider + "none; a key would be the secret " + secret + format;
        };
    }

    private static String state(ProviderOverview one) {
        String status = one.status() == null ? "" : one.status().label() + ", ";
        return Facts.hint(one.hint()) + ", " + status + since("verified", one.lastVerifiedAt()) + ", "
                + since("used", one.lastUsedAt());
    }
}
