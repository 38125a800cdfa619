package dev.chatelaine.gateway.fake;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A value that fits a JSON schema, of those that are used for tools and answers. */
final class JsonExample {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonNode root;
    private final String text;

    private JsonExample(JsonNode root, String text) {
        this.root = root;
        this.text = text;
    }

    /** The value, in which every free text is the given one and every number 7. */
    static JsonNode of(JsonNode schema, String text) {
        return new JsonExample(schema, text).value(schema);
    }

    private JsonNode value(JsonNode schema) {
        if (schema.has("$ref")) {
            return value(root.at(Json.text(schema, "$ref").substring(1)));
        }
        if (schema.has("const")) {
            return schema.get("const");
        }
        if (schema.path("enum").isArray()) {
            return schema.get("enum").get(0);
        }
        if (schema.path("anyOf").isArray()) {
            return value(schema.get("anyOf").get(0));
        }
        JsonNode type = schema.path("type");
        return switch (type.isArray() ? type.get(0).asString("") : type.asString("object")) {
            case "string" -> NODES.stringNode(text);
            case "integer", "number" -> NODES.numberNode(7);
            case "boolean" -> NODES.booleanNode(true);
            case "null" -> NODES.nullNode();
            case "array" -> Json.array().add(value(schema.path("items")));
            default -> object(schema);
        };
    }

    private ObjectNode object(JsonNode schema) {
        ObjectNode object = Json.object();
        for (var property : schema.path("properties").properties()) {
            object.set(property.getKey(), value(property.getValue()));
        }
        return object;
    }
}
