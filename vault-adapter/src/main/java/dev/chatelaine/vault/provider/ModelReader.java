package dev.chatelaine.vault.provider;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the models of one file over those that are there. Used for one file, after its providers. */
final class ModelReader {
    private static final String INPUT = "input_micro_usd_per_mtok";
    private static final String CACHED = "cached_input_micro_usd_per_mtok";
    private static final String OUTPUT = "output_micro_usd_per_mtok";
    private static final Set<String> MODEL =
            CatalogReader.ordered("tier", "context", "max_output", INPUT, CACHED, OUTPUT);

    private final Map<ProviderId, Provider> providers;
    private final Map<String, Model> models;
    private final Set<String> read = new HashSet<>();

    ModelReader(Map<ProviderId, Provider> providers, Map<String, Model> models) {
        this.providers = providers;
        this.models = models;
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

    private static Model changed(ProviderId provider, String name, @Nullable Model was, YamlNode entry) {
        Map<String, YamlNode> fields = entry.fields(MODEL);
        YamlNode tier = fields.get("tier");
        if (tier == null && was == null) {
            throw entry.fault("a new model needs a tier");
        }
        return new Model(
                provider,
                name,
                tier != null || was == null ? CatalogReader.tier(tier == null ? entry : tier) : was.tier(),
                size(fields.get("context"), was == null ? null : was.context()),
                size(fields.get("max_output"), was == null ? null : was.maxOutput()),
                price(fields, was == null ? null : was.price(), entry));
    }

    private static @Nullable Long size(@Nullable YamlNode node, @Nullable Long otherwise) {
        return node == null ? otherwise : Long.valueOf(node.number(1));
    }

    private static Model.@Nullable Price price(
            Map<String, YamlNode> fields, Model.@Nullable Price was, YamlNode entry) {
        Long input = amount(fields.get(INPUT), was == null ? null : was.input());
        Long output = amount(fields.get(OUTPUT), was == null ? null : was.output());
        Long before = was == null || fields.containsKey(INPUT) ? input : Long.valueOf(was.cachedInput());
        Long cached = amount(fields.get(CACHED), before);
        if (input == null && output == null && cached == null) {
            return null;
        }
        if (input == null || output == null || cached == null) {
            throw entry.fault("a price needs both " + INPUT + " and " + OUTPUT);
        }
        return new Model.Price(input, cached, output);
    }

    private static @Nullable Long amount(@Nullable YamlNode node, @Nullable Long otherwise) {
        return node == null ? otherwise : Long.valueOf(node.number(0));
    }
}
