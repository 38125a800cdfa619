package dev.chatelaine.mcp.runtime;

import dev.chatelaine.vault.bundle.BundleName;
import dev.chatelaine.vault.bundle.KeyName;
import dev.chatelaine.vault.secret.SecretName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a session is to have.
 *
 * @param agentKind what runs in it, a word of the caller's
 * @param bundles in order
 * @param secrets single secrets by the key that their value shall have
 */
public record SessionRequest(String agentKind, List<BundleName> bundles, SortedMap<KeyName, SecretName> secrets) {
    public SessionRequest {
        bundles = List.copyOf(bundles);
        secrets = new TreeMap<>(secrets);
    }

    Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("agent", Map.of("kind", agentKind));
        members.put("secrets", bundles.stream().map(BundleName::value).toList());
        if (!secrets.isEmpty()) {
            Map<String, String> references = new LinkedHashMap<>();
            secrets.forEach((key, secret) -> references.put(key.value(), secret.value()));
            members.put("secret_refs", references);
        }
        return members;
    }
}
