package dev.chatelaine.schemas;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One tool's three files as they are written, before it is decided whether the server is read-only. */
record ToolSource(Map<String, Object> tool, Map<String, Object> input, Map<String, Object> output) {

    static ToolSource read(String name) {
        return new ToolSource(
                Json.parse(Resources.bytes(name + ".json")),
                Json.parse(Resources.bytes(name + ".input.json")),
                Json.parse(Resources.bytes(name + ".output.json")));
    }

    ToolDefinition complete() {
        return new ToolDefinition(
                Json.string(tool, "name"),
                Json.string(tool, "title"),
                description(tool),
                input,
                output,
                ToolAnnotations.of(Json.object(tool, "annotations")),
                actions());
    }

    /** The same tool without its mutating actions: what only they need is gone from the schemas and the texts. */
    ToolDefinition readOnly() {
        ToolDefinition complete = complete();
        Map<String, Object> variant = Json.object(tool, "read_only");
        List<ToolAction> kept =
                actions().stream().filter(action -> !action.mutating()).toList();
        Reduction reduction = new Reduction(kept);
        return new ToolDefinition(
                complete.name(),
                (String) variant.getOrDefault("title", complete.title()),
                description(variant),
                reduction.input(input, Json.object(variant, "properties")),
                reduction.output(output),
                variant.containsKey("annotations")
                        ? ToolAnnotations.of(Json.object(variant, "annotations"))
                        : complete.annotations(),
                kept);
    }

    private List<ToolAction> actions() {
        List<ToolAction> actions = new ArrayList<>();
        for (Map.Entry<String, Object> action : Json.object(tool, "actions").entrySet()) {
            actions.add(ToolAction.of(action.getKey(), Json.asObject(action.getValue())));
        }
        return actions;
    }

    private static String description(Map<String, Object> json) {
        return String.join("\n", Json.strings(json, "description"));
    }
}
