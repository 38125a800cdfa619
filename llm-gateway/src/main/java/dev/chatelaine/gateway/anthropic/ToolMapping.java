package dev.chatelaine.gateway.anthropic;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The tools of a request, and which of them are to be used. */
final class ToolMapping {
    private ToolMapping() {}

    static void into(ObjectNode chat, ObjectNode body) {
        JsonNode tools = chat.path("tools");
        if (tools.isEmpty()) {
            return;
        }
        if (!tools.isArray()) {
            throw MessagesRequest.invalid("tools");
        }
        ArrayNode mapped = body.putArray("tools");
        for (int at = 0; at < tools.size(); at++) {
            mapped.add(tool(tools.get(at).path("function"), "tools[" + at + "]"));
        }
        choice(chat, body);
    }

    private static ObjectNode tool(JsonNode function, String path) {
        if (!function.path("name").isString()) {
            throw MessagesRequest.invalid(path + ".function.name");
        }
        ObjectNode tool = MessagesRequest.object();
        tool.set("name", function.get("name"));
        if (function.path("description").isString()) {
            tool.set("description", function.get("description"));
        }
        tool.set("input_schema", schema(function.path("parameters")));
        return tool;
    }

    /** OpenAI takes a tool without parameters, and {@code {}} for none; Anthropic wants to be told of an object. */
    private static JsonNode schema(JsonNode parameters) {
        if (parameters.has("type")) {
            return parameters;
        }
        ObjectNode schema = MessagesRequest.object().put("type", "object");
        schema.putObject("properties");
        parameters.properties().forEach(field -> schema.set(field.getKey(), field.getValue()));
        return schema;
    }

    private static void choice(ObjectNode chat, ObjectNode body) {
        JsonNode choice = chat.path("tool_choice");
        boolean oneAtATime = chat.path("parallel_tool_calls").isBoolean()
                && !chat.path("parallel_tool_calls").booleanValue();
        if ((choice.isMissingNode() || choice.isNull()) && !oneAtATime) {
            return;
        }
        ObjectNode mapped = body.putObject("tool_choice");
        switch (choice.isObject() ? "tool" : choice.asString("auto")) {
            case "tool" ->
                mapped.put("type", "tool")
                        .put("name", choice.path("function").path("name").asString(""));
            case "required" -> mapped.put("type", "any");
            case "none" -> mapped.put("type", "none");
            default -> mapped.put("type", "auto");
        }
        if (oneAtATime && !mapped.path("type").asString("").equals("none")) {
            mapped.put("disable_parallel_tool_use", true);
        }
    }
}
