package dev.chatelaine.vault.session;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.bundle.BundleName;
import dev.chatelaine.vault.bundle.KeyName;
import dev.chatelaine.vault.bundle.SealedBundle;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.secret.SealedSecret;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts together what a session is given, key by key: first single secrets, then what its model says, then bundles. Two
 * that have the same key are refused, except that the model goes before the bundles. For one session, and one thread.
 */
final class Gathering {
    private final SortedMap<KeyName, Given> given = new TreeMap<>();
    private final SortedMap<KeyName, String> refs = new TreeMap<>();
    private final List<Definition.Source> bundles = new ArrayList<>();
    private final Set<KeyName> stated = new HashSet<>();
    private final Map<KeyName, BundleName> origins = new HashMap<>();
    private @Nullable ModelChoice llm;
    private @Nullable String llmKey;

    void add(KeyName key, SealedSecret secret) {
        refs.put(key, secret.id());
        given.put(key, new Given.Copied(key, secret.id(), secret.value()));
    }

    /**
     * Adds the model.
     *
     * @param key the tenant's own key for it, if any; a single secret under the same name goes before it
     */
    void add(Model model, @Nullable SealedSecret key) {
        llm = model.choice();
        state(KeyName.LLM_MODEL, model.choice().model().value());
        state(KeyName.LLM_BASE_URL, model.endpoint().toString());
        if (key != null && !given.containsKey(KeyName.LLM_API_KEY)) {
            llmKey = key.id();
            stated.add(KeyName.LLM_API_KEY);
            given.put(KeyName.LLM_API_KEY, new Given.Copied(KeyName.LLM_API_KEY, key.id(), key.value()));
        }
    }

    void add(SealedBundle bundle) {
        bundles.add(new Definition.Source(bundle.name(), bundle.id()));
        bundle.values().forEach((key, value) -> {
            if (stated.contains(key)) {
                return;
            }
            if (refs.containsKey(key)) {
                throw collision(key, "secret_refs", "the bundle " + bundle.name());
            }
            BundleName other = origins.put(key, bundle.name());
            if (other != null) {
                throw collision(key, "the bundle " + other, "the bundle " + bundle.name());
            }
            given.put(key, new Given.Copied(key, bundle.id(), value));
        });
    }

    boolean hasModelKey() {
        return given.containsKey(KeyName.LLM_API_KEY);
    }

    Definition definition(String agent, @Nullable String template, @Nullable String userId) {
        return new Definition(agent, template, llm, llmKey, bundles, refs, userId);
    }

    List<SessionValues.Gift> gifts(SessionRow session) {
        return given.values().stream()
                .map(one -> new SessionValues.Gift(session, one))
                .toList();
    }

    private void state(KeyName key, String value) {
        if (refs.containsKey(key)) {
            throw collision(key, "llm", "secret_refs");
        }
        stated.add(key);
        given.put(key, new Given.Stated(key, SecretValue.of(value)));
    }

    private static VaultException collision(KeyName key, String one, String other) {
        return new VaultException(
                        ErrorCode.KEY_COLLISION,
                        "{} is given twice: by {} and by {}. Nothing was started. Take it out of one of them.",
                        key,
                        one,
                        other)
                .withField(one.equals("secret_refs") || other.equals("secret_refs") ? "secret_refs" : "secrets");
    }
}
