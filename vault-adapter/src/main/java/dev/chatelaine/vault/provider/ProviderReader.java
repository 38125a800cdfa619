package dev.chatelaine.vault.provider;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the providers of one file over those that are there. Used for one file. */
final class ProviderReader {
    private static final Set<String> PROVIDER = CatalogReader.ordered(
            "display_name",
            "aliases",
            "base_url",
            "protocol",
            "key",
            "keys_url",
            "own_secret",
            "models_list",
            "rejection_marks",
            "prices",
            "quirks");
    private static final Set<String> KEY = CatalogReader.ordered("format", "prefixes", "shown");
    private static final KeyFormat ANY_KEY = KeyFormat.of(KeyFormat.Kind.ANY, List.of(), null);

    private final Map<ProviderId, Provider> providers;
    private final Set<ProviderId> read = new HashSet<>();
    private final Map<ProviderId, PriceSource> sources = new HashMap<>();

    ProviderReader(Map<ProviderId, Provider> providers) {
        this.providers = providers;
    }

    void read(String name, YamlNode entry) {
        ProviderId named = CatalogReader.id(name, entry);
        Provider was = providers.values().stream()
                .filter(provider -> provider.answersTo(named))
                .findFirst()
                .orElseGet(() -> fresh(named));
        if (!read.add(was.id())) {
            throw entry.fault("provider '" + was.id() + "' is given twice");
        }
        providers.put(was.id(), changed(was, entry.fields(PROVIDER)));
    }

    private static Provider fresh(ProviderId id) {
        return new Provider(
                id,
                id.value(),
                List.of(),
                null,
                ANY_KEY,
                Protocol.OPENAI,
                null,
                true,
                true,
                List.of(),
                null,
                Quirks.NONE);
    }

    private Provider changed(Provider was, Map<String, YamlNode> fields) {
        YamlNode name = fields.get("display_name");
        YamlNode aliases = fields.get("aliases");
        YamlNode protocol = fields.get("protocol");
        YamlNode key = fields.get("key");
        YamlNode marks = fields.get("rejection_marks");
        YamlNode quirks = fields.get("quirks");
        return new Provider(
                was.id(),
                name == null ? was.displayName() : name.text(),
                aliases == null ? was.aliases() : aliases(was.id(), aliases),
                url(fields.get("base_url"), was.baseUrl()),
                key == null ? was.keyFormat() : keyFormat(key),
                protocol == null ? was.protocol() : choice(Protocol.class, protocol),
                url(fields.get("keys_url"), was.keysUrl()),
                flag(fields.get("own_secret"), was.ownSecret()),
                flag(fields.get("models_list"), was.modelsList()),
                marks == null ? was.rejectionMarks() : texts(marks),
                prices(was, fields.get("prices")),
                quirks == null ? was.quirks() : QuirksReader.read(quirks, was.quirks()));
    }

    /** What this file says about the prices of a provider's models. */
    Map<ProviderId, PriceSource> sources() {
        return sources;
    }

    private @Nullable PriceSource prices(Provider was, @Nullable YamlNode node) {
        if (node == null) {
            return was.prices();
        }
        Map<String, YamlNode> fields = node.fields(ModelReader.SOURCE_FIELDS);
        PriceSource source = ModelReader.source(fields, node);
        if (source == null) {
            throw node.fault("prices have a source and the day as_of which it said so");
        }
        sources.put(was.id(), source);
        return source;
    }

    private List<ProviderId> aliases(ProviderId id, YamlNode list) {
        List<ProviderId> aliases = new ArrayList<>();
        for (YamlNode item : list.items()) {
            ProviderId alias = CatalogReader.id(item.text(), item);
            boolean taken =
                    providers.values().stream().anyMatch(other -> !other.id().equals(id) && other.answersTo(alias));
            if (taken || alias.equals(id) || aliases.contains(alias)) {
                throw item.fault("the alias '" + alias + "' is taken");
            }
            aliases.add(alias);
        }
        return aliases;
    }

    private static KeyFormat keyFormat(YamlNode node) {
        Map<String, YamlNode> fields = node.fields(KEY);
        YamlNode format = fields.get("format");
        YamlNode prefixes = fields.get("prefixes");
        YamlNode shown = fields.get("shown");
        if (format == null) {
            throw node.fault("a key needs a format: prefix, opaque, any");
        }
        KeyFormat.Kind kind = choice(KeyFormat.Kind.class, format);
        List<String> texts = prefixes == null ? List.of() : texts(prefixes);
        if ((kind == KeyFormat.Kind.PREFIX) == texts.isEmpty()) {
            throw node.fault("prefixes belong to the format 'prefix', which has at least one");
        }
        return KeyFormat.of(kind, texts, shown == null ? null : shown.text());
    }

    private static @Nullable URI url(@Nullable YamlNode node, @Nullable URI otherwise) {
        if (node == null) {
            return otherwise;
        }
        try {
            URI url = new URI(node.text());
            if (isPlain(url)) {
                String text = url.toString();
                return text.endsWith("/") ? new URI(text.substring(0, text.length() - 1)) : url;
            }
        } catch (URISyntaxException e) {
            throw node.fault("expected a URL");
        }
        throw node.fault("expected an http or https URL without user, query and fragment");
    }

    private static boolean isPlain(URI url) {
        boolean http = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
        return http
                && url.getHost() != null
                && url.getRawUserInfo() == null
                && url.getRawQuery() == null
                && url.getRawFragment() == null;
    }

    private static boolean flag(@Nullable YamlNode node, boolean otherwise) {
        return node == null ? otherwise : node.flag();
    }

    private static List<String> texts(YamlNode list) {
        return list.items().stream().map(YamlNode::text).toList();
    }

    static <E extends Enum<E>> E choice(Class<E> type, YamlNode node) {
        String text = node.text();
        List<String> known = new ArrayList<>();
        for (E value : type.getEnumConstants()) {
            String label = value.name().toLowerCase(Locale.ROOT);
            if (label.equals(text)) {
                return value;
            }
            known.add(label);
        }
        throw node.fault("expected one of: " + String.join(", ", known));
    }
}
