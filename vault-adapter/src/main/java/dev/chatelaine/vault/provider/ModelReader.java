package dev.chatelaine.vault.provider;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the models of one file over those that are there. Used for one file, after its providers. */
final class ModelReader {
    static final Set<String> SOURCE_FIELDS = CatalogReader.ordered("source", "as_of");

    private static final String INPUT = "input_micro_usd_per_mtok";
    private static final String CACHED = "cached_input_micro_usd_per_mtok";
    private static final String WRITE = "cache_write_micro_usd_per_mtok";
    private static final String OUTPUT = "output_micro_usd_per_mtok";
    private static final Set<String> PRICES = CatalogReader.ordered(INPUT, CACHED, WRITE, OUTPUT);
    private static final Set<String> LONG_PROMPT = with(CatalogReader.ordered("above"), PRICES);
    private static final Set<String> MODEL = with(
            with(CatalogReader.ordered("tier", "context", "max_output"), PRICES),
            with(CatalogReader.ordered("long_prompt", "reasoning", "aliases", "quirks"), SOURCE_FIELDS));

    private final Map<ProviderId, Provider> providers;
    private final Map<String, Model> models;
    private final Map<ProviderId, PriceSource> sources;
    private final Set<String> read = new HashSet<>();

    /**
     * A reader.
     *
     * @param sources where the prices of this file come from, where it says so for a provider
     */
    ModelReader(Map<ProviderId, Provider> providers, Map<String, Model> models, Map<ProviderId, PriceSource> sources) {
        this.providers = providers;
        this.models = models;
        this.sources = sources;
    }

    void read(String name, YamlNode entry) {
        int slash = name.indexOf('/');
        if (slash < 1 || slash == name.length() - 1) {
            throw entry.fault("a model is named provider/model");
        }
        ProviderId provider = provider(name.substring(0, slash), entry);
        String id = provider + name.substring(slash);
        if (!read.add(id)) {
            throw entry.fault("model '" + id + "' is given twice");
        }
        models.put(id, changed(provider, name.substring(slash + 1), models.get(id), entry));
    }

    private ProviderId provider(String name, YamlNode at) {
        ProviderId named = CatalogReader.id(name, at);
        return providers.values().stream()
                .filter(provider -> provider.answersTo(named))
                .map(Provider::id)
                .findFirst()
                .orElseThrow(() -> at.fault("there is no provider '" + named + "'"));
    }

    private Model changed(ProviderId provider, String name, @Nullable Model was, YamlNode entry) {
        Map<String, YamlNode> fields = entry.fields(MODEL);
        YamlNode tier = fields.get("tier");
        if (tier == null && was == null) {
            throw entry.fault("a new model needs a tier");
        }
        YamlNode reasoning = fields.get("reasoning");
        YamlNode aliases = fields.get("aliases");
        YamlNode quirks = fields.get("quirks");
        return new Model(
                provider,
                name,
                tier != null || was == null ? CatalogReader.tier(tier == null ? entry : tier) : was.tier(),
                size(fields.get("context"), was == null ? null : was.context()),
                size(fields.get("max_output"), was == null ? null : was.maxOutput()),
                price(fields, was == null ? null : was.price(), entry),
                longPrompt(fields, was),
                source(provider, fields, was, entry),
                reasoning != null ? ReasoningReader.read(reasoning) : was == null ? null : was.reasoning(),
                aliases != null ? aliases(provider, name, aliases) : was == null ? Set.of() : was.aliases(),
                quirks != null ? QuirksReader.ofModel(quirks) : was == null ? ModelQuirks.NONE : was.quirks());
    }

    private Set<String> aliases(ProviderId provider, String name, YamlNode list) {
        Set<String> aliases = new LinkedHashSet<>();
        for (YamlNode item : list.items()) {
            String alias = item.text();
            boolean taken = alias.equals(name)
                    || models.containsKey(provider + "/" + alias)
                    || models.values().stream()
                            .anyMatch(other -> other.provider().equals(provider)
                                    && !other.name().equals(name)
                                    && other.aliases().contains(alias));
            if (taken || !aliases.add(alias)) {
                throw item.fault("a model of " + provider + " has the name '" + alias + "' already");
            }
        }
        return aliases;
    }

    private static @Nullable Long size(@Nullable YamlNode node, @Nullable Long otherwise) {
        return node == null ? otherwise : Long.valueOf(node.number(1));
    }

    /** A new price is all there is to it: what was said of long prompts went with the old one. */
    private static Model.@Nullable LongPrompt longPrompt(Map<String, YamlNode> fields, @Nullable Model was) {
        YamlNode node = fields.get("long_prompt");
        if (node == null) {
            return was == null || pricesIn(fields) ? null : was.longPrompt();
        }
        Map<String, YamlNode> given = node.fields(LONG_PROMPT);
        YamlNode above = given.get("above");
        Model.Price price = price(given, null, node);
        if (above == null || price == null) {
            throw node.fault("a long prompt is above a number of tokens, and has a price");
        }
        return new Model.LongPrompt(above.number(1), price);
    }

    private @Nullable PriceSource source(
            ProviderId provider, Map<String, YamlNode> fields, @Nullable Model was, YamlNode entry) {
        PriceSource own = source(fields, entry);
        if (own != null) {
            return own;
        }
        if (pricesIn(fields)) {
            return sources.get(provider);
        }
        return was == null ? null : was.source();
    }

    private static boolean pricesIn(Map<String, YamlNode> fields) {
        return PRICES.stream().anyMatch(fields::containsKey);
    }

    static @Nullable PriceSource source(Map<String, YamlNode> fields, YamlNode entry) {
        YamlNode source = fields.get("source");
        YamlNode asOf = fields.get("as_of");
        if (source == null && asOf == null) {
            return null;
        }
        if (source == null || asOf == null) {
            throw entry.fault("source and as_of belong together");
        }
        try {
            return new PriceSource(source.text(), LocalDate.parse(asOf.text()));
        } catch (DateTimeException e) {
            throw asOf.fault("expected a day, such as 2026-11-22");
        }
    }

    private static Model.@Nullable Price price(
            Map<String, YamlNode> fields, Model.@Nullable Price was, YamlNode entry) {
        Long input = amount(fields.get(INPUT), was == null ? null : was.input());
        Long output = amount(fields.get(OUTPUT), was == null ? null : was.output());
        Model.Price kept = fields.containsKey(INPUT) ? null : was;
        Long cached = amount(fields.get(CACHED), kept == null ? input : Long.valueOf(kept.cachedInput()));
        Long write = amount(fields.get(WRITE), kept == null ? input : Long.valueOf(kept.cacheWrite()));
        if (input == null && output == null && cached == null && write == null) {
            return null;
        }
        if (input == null || output == null || cached == null || write == null) {
            throw entry.fault("a price needs both " + INPUT + " and " + OUTPUT);
        }
        return new Model.Price(input, cached, output, write);
    }

    private static @Nullable Long amount(@Nullable YamlNode node, @Nullable Long otherwise) {
        return node == null ? otherwise : Long.valueOf(node.number(0));
    }

    private static Set<String> with(Set<String> some, Set<String> more) {
        Set<String> all = new LinkedHashSet<>(some);
        all.addAll(more);
        return all;
    }
}
