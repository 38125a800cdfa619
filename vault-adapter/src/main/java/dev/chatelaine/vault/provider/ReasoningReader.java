package dev.chatelaine.vault.provider;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Reads how a model is told how hard to think. What is named replaces all that was there. */
final class ReasoningReader {
    private static final Set<String> FIELDS = CatalogReader.ordered("effort", "asked", "without");

    private ReasoningReader() {}

    static Reasoning read(YamlNode node) {
        Map<String, YamlNode> fields = node.fields(FIELDS);
        YamlNode effort = fields.get("effort");
        YamlNode asked = fields.get("asked");
        YamlNode without = fields.get("without");
        if (effort == null && asked == null) {
            throw node.fault("a model is told its effort, or asked to think");
        }
        if (asked != null && without != null) {
            throw without.fault("a model that is asked to think does without unless it is");
        }
        return new Reasoning(
                effort == null ? Set.of() : levels(effort),
                asked == null ? null : ProviderReader.choice(Reasoning.Asked.class, asked),
                without == null ? null : without.text());
    }

    private static Set<Reasoning.Effort> levels(YamlNode list) {
        Set<Reasoning.Effort> levels = EnumSet.noneOf(Reasoning.Effort.class);
        for (YamlNode item : list.items()) {
            if (!levels.add(ProviderReader.choice(Reasoning.Effort.class, item))) {
                throw item.fault("'" + item.text() + "' is given twice");
            }
        }
        if (levels.isEmpty()) {
            throw list.fault("a model that has no effort is given none");
        }
        return levels;
    }
}
