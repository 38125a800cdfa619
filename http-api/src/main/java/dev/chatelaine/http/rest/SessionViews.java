package dev.chatelaine.http.rest;

import dev.chatelaine.vault.bundle.BundleName;
import dev.chatelaine.vault.bundle.KeyName;
import dev.chatelaine.vault.session.ModelChoice;
import dev.chatelaine.vault.session.Session;
import dev.chatelaine.vault.session.SessionPage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sessions as documents. The token of a runtime is in none of them. */
final class SessionViews {
    private SessionViews() {}

    static Map<String, Object> session(Session session) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", session.id());
        view.put("status", session.status().label());
        view.put("agent", Map.of("kind", session.agent()));
        view.put("template", session.template());
        view.put("llm", model(session.llm()));
        view.put("secrets", session.bundles().stream().map(BundleName::value).toList());
        Map<String, Object> refs = new LinkedHashMap<>();
        session.secretRefs().forEach((key, id) -> refs.put(key.value(), id));
        view.put("secret_refs", refs);
        view.put("key_names", names(session.keyNames()));
        view.put("revision", session.revision());
        view.put("user_id", session.userId());
        view.put("created_at", Times.text(session.createdAt()));
        view.put("stopped_at", Times.textOrNull(session.stoppedAt()));
        return view;
    }

    static Map<String, Object> page(SessionPage page) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("sessions", page.sessions().stream().map(SessionViews::session).toList());
        if (page.nextCursor() != null) {
            view.put("next_cursor", page.nextCursor());
        }
        return view;
    }

    static @Nullable Map<String, Object> model(@Nullable ModelChoice llm) {
        if (llm == null) {
            return null;
        }
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("vendor", llm.vendor());
        view.put("model", llm.model().value());
        view.put("base_url", llm.baseUrl());
        return view;
    }

    static List<String> names(List<KeyName> keys) {
        return keys.stream().map(KeyName::value).toList();
    }
}
