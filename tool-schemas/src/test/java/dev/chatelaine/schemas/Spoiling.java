package dev.chatelaine.schemas;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes every wrong answer out of a right one that a single mistake can make. */
final class Spoiling {

    /** An answer with one mistake, and which. */
    record Spoilt(String mistake, JsonNode answer) {}

    private static final Set<String> OPTIONAL = Set.of("warnings", "next_cursor", "field", "next", "acme");

    private final JsonNode right;
    private final List<Spoilt> found = new ArrayList<>();

    private Spoiling(JsonNode right) {
        this.right = right;
    }

    static List<Spoilt> of(JsonNode right) {
        Spoiling spoiling = new Spoiling(right);
        spoiling.walk(right, "");
        return spoiling.found;
    }

    private void walk(JsonNode node, String path) {
        if (node instanceof ObjectNode object) {
            change(path, "+value", it -> it.put("value", "sk-live-1234567890abcdef"));
            for (Map.Entry<String, JsonNode> property : object.properties()) {
                String name = property.getKey();
                if (!OPTIONAL.contains(name)) {
                    change(path, "-" + name, it -> it.remove(name));
                }
                change(path, name + " of a wrong type", it -> it.set(name, wrong(it.get(name))));
                walk(property.getValue(), path + "/" + name);
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                walk(array.get(i), path + "/" + i);
            }
        }
    }

    private void change(String path, String mistake, Consumer<ObjectNode> spoil) {
        JsonNode copy = right.deepCopy();
        spoil.accept((ObjectNode) copy.at(path));
        found.add(new Spoilt(path + " " + mistake, copy));
    }

    private static JsonNode wrong(JsonNode value) {
        return Conformance.JSON.valueToTree(value.isNumber() ? List.of("1") : -1);
    }
}
