package dev.chatelaine.vault.provider;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Lays one file over a catalogue. Used once. */
final class CatalogReader {
    private static final Set<String> SECTIONS = ordered("providers", "plans", "models");
    private static final Set<String> PLAN = ordered("byok", "tiers", "pool_tokens_per_month");

    private final Map<ProviderId, Provider> providers = new LinkedHashMap<>();
    private final Map<String, Plan> plans = new LinkedHashMap<>();
    private final Map<String, Model> models = new LinkedHashMap<>();

    CatalogReader(Catalog base) {
        base.providers().forEach(provider -> providers.put(provider.id(), provider));
        base.plans().forEach(plan -> plans.put(plan.name(), plan));
        base.models().forEach(model -> models.put(model.id(), model));
    }

    Catalog read(YamlNode root) {
        Map<String, YamlNode> sections = root.fields(SECTIONS);
        ProviderReader reader = new ProviderReader(providers);
        entries(sections, "providers").forEach(reader::read);
        entries(sections, "plans").forEach(this::readPlan);
        entries(sections, "models").forEach(new ModelReader(providers, models, reader.sources())::read);
        return new Catalog(providers, plans, models);
    }

    private static Map<String, YamlNode> entries(Map<String, YamlNode> sections, String name) {
        YamlNode section = sections.get(name);
        return section == null ? Map.of() : section.entries();
    }

    private void readPlan(String name, YamlNode entry) {
        if (!ProviderId.isValid(name)) {
            throw entry.fault("a plan's name is 1 to 64 of a-z, 0-9, '_' and '-'");
        }
        Map<String, YamlNode> fields = entry.fields(PLAN);
        Plan was = plans.get(name);
        if (was == null && fields.size() < PLAN.size()) {
            throw entry.fault("a new plan needs " + String.join(", ", PLAN));
        }
        YamlNode byok = fields.get("byok");
        YamlNode tiers = fields.get("tiers");
        YamlNode tokens = fields.get("pool_tokens_per_month");
        plans.put(
                name,
                new Plan(
                        name,
                        byok == null ? was != null && was.byok() : byok.flag(),
                        tiers == null ? was == null ? Set.of() : was.tiers() : tiers(tiers),
                        tokens == null ? was == null ? 0 : was.poolTokensPerMonth() : tokens.number(0)));
    }

    private static Set<Tier> tiers(YamlNode list) {
        Set<Tier> tiers = new TreeSet<>();
        for (YamlNode item : list.items()) {
            if (!tiers.add(tier(item))) {
                throw item.fault("this tier is given twice");
            }
        }
        return tiers;
    }

    static Tier tier(YamlNode item) {
        String text = item.text();
        for (Tier tier : Tier.values()) {
            if (tier.label().equals(text)) {
                return tier;
            }
        }
        throw item.fault("expected a tier: "
                + String.join(
                        ", ", List.of(Tier.values()).stream().map(Tier::label).toList()));
    }

    static ProviderId id(String text, YamlNode at) {
        String id = text.toLowerCase(Locale.ROOT);
        if (!ProviderId.isValid(id)) {
            throw at.fault("a provider's id is 1 to 64 of a-z, 0-9, '_' and '-'");
        }
        return new ProviderId(id);
    }

    static Set<String> ordered(String... names) {
        return new LinkedHashSet<>(List.of(names));
    }
}
