package dev.chatelaine.vault.provider;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what a provider or one of its models cannot take. What is named replaces what was there. */
final class QuirksReader {
    private static final Set<String> QUIRKS =
            CatalogReader.ordered("leave_out", "rename", "at_most", "stream_usage", "roles", "call_ids");

    private static final Set<String> OF_MODEL = CatalogReader.ordered("leave_out", "forced_tools");

    private QuirksReader() {}

    /** Replaces all that was said of a model. */
    static ModelQuirks ofModel(YamlNode node) {
        Map<String, YamlNode> fields = node.fields(OF_MODEL);
        YamlNode leaveOut = fields.get("leave_out");
        YamlNode forced = fields.get("forced_tools");
        return new ModelQuirks(leaveOut == null ? Set.of() : leaveOut(leaveOut), forced == null || forced.flag());
    }

    static Quirks read(YamlNode node, Quirks was) {
        Map<String, YamlNode> fields = node.fields(QUIRKS);
        YamlNode leaveOut = fields.get("leave_out");
        YamlNode usage = fields.get("stream_usage");
        YamlNode callIds = fields.get("call_ids");
        return new Quirks(
                leaveOut == null ? was.leaveOut() : leaveOut(leaveOut),
                map(fields.get("rename"), was.rename(), YamlNode::text),
                map(fields.get("at_most"), was.atMost(), number -> number.number(0)),
                usage == null ? was.streamUsage() : ProviderReader.choice(Quirks.StreamUsage.class, usage),
                map(fields.get("roles"), was.roles(), YamlNode::text),
                callIds == null ? was.callIds() : ProviderReader.choice(Quirks.CallIds.class, callIds));
    }

    private static Set<String> leaveOut(YamlNode list) {
        Set<String> names = new LinkedHashSet<>();
        for (YamlNode item : list.items()) {
            String name = item.text();
            if (name.equals("model") || name.equals("messages") || name.equals("stream")) {
                throw item.fault("a request is nothing without '" + name + "'");
            }
            if (!names.add(name)) {
                throw item.fault("'" + name + "' is given twice");
            }
        }
        return names;
    }

    private static <T> Map<String, T> map(@Nullable YamlNode node, Map<String, T> was, Function<YamlNode, T> value) {
        if (node == null) {
            return was;
        }
        Map<String, T> read = new LinkedHashMap<>();
        node.entries().forEach((name, entry) -> read.put(name, value.apply(entry)));
        return read;
    }
}
