package dev.chatelaine.schemas;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Cuts a tool's schemas down to some of its actions. A tool without actions keeps its schemas as they are. */
final class Reduction {

    private final List<ToolAction> kept;
    private final Set<String> names;

    Reduction(List<ToolAction> kept) {
        this.kept = kept;
        this.names = kept.stream().map(ToolAction::name).collect(Collectors.toUnmodifiableSet());
    }

    /** Keeps the properties that a kept action uses, with another description where {@code descriptions} has one. */
    Map<String, Object> input(Map<String, Object> schema, Map<String, Object> descriptions) {
        if (kept.isEmpty()) {
            return schema;
        }
        Map<String, Object> properties = new LinkedHashMap<>(Json.object(withActions(schema), "properties"));
        properties.keySet().removeIf(name -> !name.equals("action") && !isUsed(name));
        descriptions.forEach((name, text) ->
                properties.computeIfPresent(name, (key, old) -> with(Json.asObject(old), "description", text)));
        return with(schema, "properties", Collections.unmodifiableMap(properties));
    }

    /** Keeps the rules that speak of a kept action, or of none. */
    Map<String, Object> output(Map<String, Object> schema) {
        if (kept.isEmpty()) {
            return schema;
        }
        List<?> rules = Json.list(schema, "allOf").stream()
                .map(Json::asObject)
                .map(rule -> with(rule, "if", withActions(Json.object(rule, "if"))))
                .filter(rule -> !speaksOfNothing(Json.object(rule, "if")))
                .toList();
        return with(withActions(schema), "allOf", rules);
    }

    private Map<String, Object> withActions(Map<String, Object> schema) {
        Map<String, Object> properties = Json.object(schema, "properties");
        Map<String, Object> action = Json.object(properties, "action");
        if (action.isEmpty()) {
            return schema;
        }
        List<String> left =
                Json.strings(action, "enum").stream().filter(names::contains).toList();
        return with(schema, "properties", with(properties, "action", with(action, "enum", left)));
    }

    private static boolean speaksOfNothing(Map<String, Object> condition) {
        Map<String, Object> action = Json.object(Json.object(condition, "properties"), "action");
        return !action.isEmpty() && Json.list(action, "enum").isEmpty();
    }

    private boolean isUsed(String property) {
        return kept.stream().anyMatch(action -> action.properties().contains(property));
    }

    private static Map<String, Object> with(Map<String, Object> map, String key, Object value) {
        Map<String, Object> copy = new LinkedHashMap<>(map);
        copy.put(key, value);
        return Collections.unmodifiableMap(copy);
    }
}
