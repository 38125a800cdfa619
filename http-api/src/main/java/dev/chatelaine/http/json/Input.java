package dev.chatelaine.http.json;

import dev.chatelaine.http.problem.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The object that a caller sent, all of whose fields are known. A field that is {@code null} counts as left out.
 *
 * <p>Every reader fails with {@code invalid_field} when its field is of another type.
 */
public final class Input {
    private final ObjectNode object;
    private final String path;

    private Input(ObjectNode object, String path, Set<String> known) {
        this.object = object;
        this.path = path;
        FieldNames.requireKnown(path, object.propertyNames(), known);
    }

    /**
     * The object in a body; one without bytes is an object without fields.
     *
     * @throws ProblemException {@code malformed_json}; {@code invalid_field} for fields that are not known
     */
    public static Input read(Json json, byte[] body, Set<String> known) {
        return new Input(body.length == 0 ? JsonNodeFactory.instance.objectNode() : json.object(body), "", known);
    }

    /** Whether a field is there, whatever it holds. */
    public boolean has(String field) {
        return object.has(field);
    }

    /** A text, or null where it was left out. */
    public @Nullable String text(String field) {
        JsonNode node = node(field);
        if (node == null) {
            return null;
        }
        if (!node.isString()) {
            throw refused(field, "This is a text.");
        }
        return node.stringValue();
    }

    /** A text that must be there. */
    public String requiredText(String field) {
        String text = text(field);
        if (text == null) {
            throw refused(field, "This is required.");
        }
        return text;
    }

    /** A whole number, or null where it was left out. */
    public @Nullable Long number(String field) {
        JsonNode node = node(field);
        if (node == null) {
            return null;
        }
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            throw refused(field, "This is a whole number.");
        }
        return node.longValue();
    }

    /** A whole number that must be there. */
    public long requiredNumber(String field) {
        Long number = number(field);
        if (number == null) {
            throw refused(field, "This is required, a whole number.");
        }
        return number;
    }

    /** Texts, or null where they were left out. */
    public @Nullable List<String> texts(String field) {
        JsonNode node = node(field);
        if (node == null) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode element : node.isArray() ? node : List.of(node)) {
            if (!node.isArray() || !element.isString()) {
                throw refused(field, "This is a list of texts.");
            }
            texts.add(element.stringValue());
        }
        return texts;
    }

    /** An object of known fields, or null where it was left out. */
    public @Nullable Input object(String field, Set<String> known) {
        JsonNode node = node(field);
        if (node == null) {
            return null;
        }
        if (node instanceof ObjectNode inner) {
            return new Input(inner, path + field + ".", known);
        }
        throw refused(field, "This is an object.");
    }

    /** Texts by names that anybody may choose, in the order in which they came; none where they were left out. */
    public Map<String, String> textsByName(String field) {
        JsonNode node = node(field);
        if (node != null && !node.isObject()) {
            throw refused(field, "This is an object of texts.");
        }
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry :
                node == null ? Set.<Map.Entry<String, JsonNode>>of() : node.properties()) {
            if (!entry.getValue().isString()) {
                throw refused(field, "This is an object of texts.");
            }
            texts.put(entry.getKey(), entry.getValue().stringValue());
        }
        return texts;
    }

    private ProblemException refused(String field, String message) {
        return FieldNames.refused(path + field, message);
    }

    private @Nullable JsonNode node(String field) {
        JsonNode node = object.get(field);
        return node == null || node.isNull() ? null : node;
    }
}
