package dev.chatelaine.vault.session;

import dev.chatelaine.vault.bundle.BundleName;
import dev.chatelaine.vault.bundle.KeyName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a session is given, and from where.
 *
 * @param agent what kind of agent runs in it
 * @param template what it was made from, or null
 * @param llm its model, with the vendor's id, or null
 * @param llmKey the id of the secret that is the model's key; null where the key comes from elsewhere
 * @param bundles its bundles in order: the first that has a key gives it
 * @param refs the ids of single secrets by the keys that hold them
 * @param userId for whom it runs, or null
 */
record Definition(
        String agent,
        @Nullable String template,
        @Nullable ModelChoice llm,
        @Nullable String llmKey,
        List<Source> bundles,
        SortedMap<KeyName, String> refs,
        @Nullable String userId) {
    /** The id of what the session's model says itself: its name and address. */
    static final String MODEL = "llm";

    /** Where nothing is from: a key that went away. */
    static final String NOTHING = "";

    private static final int FIRST_REF_RANK = 1;
    private static final int FIRST_BUNDLE_RANK = FIRST_REF_RANK + NewSession.MOST_REFS;

    /** A bundle of a session, as it was when the session was started or resumed. */
    record Source(BundleName name, String id) {}

    Definition {
        bundles = List.copyOf(bundles);
        refs = Collections.unmodifiableSortedMap(new TreeMap<>(refs));
    }

    /**
     * Which of two sources of one key gives it: that of the lower number. Everything goes before bundles, bundles go in
     * their order, and nothing comes last.
     */
    int precedence(String sourceId) {
        for (int i = 0; i < bundles.size(); i++) {
            if (bundles.get(i).id().equals(sourceId)) {
                return i + 1;
            }
        }
        return sourceId.equals(NOTHING) ? Integer.MAX_VALUE : 0;
    }

    boolean hasBundle(String bundleId) {
        return bundles.stream().anyMatch(bundle -> bundle.id().equals(bundleId));
    }

    /** The keys that hold a secret. */
    Set<KeyName> keysOf(String secretId) {
        Set<KeyName> keys = new TreeSet<>();
        refs.forEach((key, id) -> {
            if (id.equals(secretId)) {
                keys.add(key);
            }
        });
        if (secretId.equals(llmKey)) {
            keys.add(KeyName.LLM_API_KEY);
        }
        return keys;
    }

    /** The secrets that it is given, each once. */
    Set<String> secretIds() {
        Set<String> ids = new TreeSet<>(refs.values());
        if (llmKey != null) {
            ids.add(llmKey);
        }
        return ids;
    }

    /** The ids of all whose change concerns it, by their ranks. */
    Map<Integer, String> sources() {
        Map<Integer, String> sources = new TreeMap<>();
        if (llmKey != null) {
            sources.put(0, llmKey);
        }
        int rank = FIRST_REF_RANK;
        for (String id : refs.values()) {
            sources.put(rank++, id);
        }
        for (int i = 0; i < bundles.size(); i++) {
            sources.put(FIRST_BUNDLE_RANK + i, bundles.get(i).id());
        }
        return sources;
    }

    List<BundleName> bundleNames() {
        return bundles.stream().map(Source::name).toList();
    }

    /** All of it, for authentication; what is absent is told apart from what is empty. */
    List<String> fields() {
        List<String> fields = new ArrayList<>(List.of(agent, optional(template), optional(llmKey), optional(userId)));
        fields.add(llm == null ? "-" : "+" + llm.vendor());
        fields.add(llm == null ? "-" : "+" + llm.model().value());
        fields.add(llm == null ? "-" : optional(llm.baseUrl()));
        fields.add(bundlesText());
        fields.add(refsText());
        return fields;
    }

    /** The bundles as one text: lines of a name and an id. */
    String bundlesText() {
        return String.join(
                "\n", bundles.stream().map(one -> one.name() + " " + one.id()).toList());
    }

    /** The single secrets as one text: lines of a key and an id. */
    String refsText() {
        return String.join(
                "\n",
                refs.entrySet().stream()
                        .map(one -> one.getKey() + " " + one.getValue())
                        .toList());
    }

    static List<Source> bundles(String text) {
        return text.lines()
                .map(line -> line.split(" ", 2))
                .map(parts -> new Source(new BundleName(parts[0]), parts[1]))
                .toList();
    }

    static SortedMap<KeyName, String> refs(String text) {
        SortedMap<KeyName, String> refs = new TreeMap<>();
        text.lines().map(line -> line.split(" ", 2)).forEach(parts -> refs.put(new KeyName(parts[0]), parts[1]));
        return refs;
    }

    private static String optional(@Nullable String text) {
        return text == null ? "-" : "+" + text;
    }
}
