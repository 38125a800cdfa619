package dev.chatelaine.http.rest;

import dev.chatelaine.vault.secret.SecretMetadata;
import dev.chatelaine.vault.secret.SecretPage;
import dev.chatelaine.vault.secret.SecretVersion;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Secrets as documents, in the shape that the tools have too. */
final class SecretViews {
    private SecretViews() {}

    static Map<String, Object> secret(SecretMetadata secret) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", secret.id());
        view.put("name", secret.name().value());
        view.put("category", secret.category().label());
        view.put("description", secret.description().text());
        view.put("hint", secret.hint());
        view.put("version", secret.version());
        view.put("created_at", Times.text(secret.createdAt()));
        view.put("updated_at", Times.text(secret.updatedAt()));
        view.put("last_used_at", Times.textOrNull(secret.lastUsedAt()));
        putTime(view, "deleted_at", secret.deletedAt());
        putTime(view, "purge_at", secret.purgeAt());
        if (secret.provider() != null) {
            view.put("provider", secret.provider().value());
        }
        return view;
    }

    static Map<String, Object> page(SecretPage page) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("secrets", page.secrets().stream().map(SecretViews::secret).toList());
        if (page.nextCursor() != null) {
            view.put("next_cursor", page.nextCursor());
        }
        return view;
    }

    static Map<String, Object> versions(List<SecretVersion> versions) {
        return Map.of("versions", versions.stream().map(SecretViews::version).toList());
    }

    private static Map<String, Object> version(SecretVersion version) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("number", version.number());
        view.put("hint", version.hint());
        view.put("created_at", Times.text(version.createdAt()));
        view.put("created_by", version.createdBy());
        view.put("current", version.current());
        return view;
    }

    private static void putTime(Map<String, Object> view, String name, @Nullable Instant moment) {
        if (moment != null) {
            view.put(name, Times.text(moment));
        }
    }
}
