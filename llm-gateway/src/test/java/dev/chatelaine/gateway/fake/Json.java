package dev.chatelaine.gateway.fake;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Short ways to JSON. */
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /** An object or a list, from its text. */
    static Optional<JsonNode> parse(String text) {
        try {
            JsonNode read = MAPPER.readTree(text);
            return read != null && read.isContainer() ? Optional.of(read) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** Whether a field is there and is not null. */
    static boolean has(JsonNode node, String field) {
        return !node.path(field).isMissingNode() && !node.path(field).isNull();
    }

    /** The text of a field, empty where it has none. */
    static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }
}
