package dev.chatelaine.gateway.upstream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where one text of a stream is. Its pieces are in the same place of one chunk after the other.
 *
 * @param in what it is a field of; null for a choice
 * @param field the field's name
 * @param item which of the field's items, by their {@code index} where they have one; {@link #NO_LIST} where it is no list
 */
record TextPlace(@Nullable TextPlace in, String field, int item) {
    static final int NO_LIST = -1;

    private static final String CHOICES = "choices";
    private static final String INDEX = "index";
    /** What an object takes beside its characters, roughly. */
    private static final int OBJECT = 32;

    static TextPlace choice(int index) {
        return new TextPlace(null, CHOICES, index);
    }

    static int index(JsonNode item, int position) {
        return item.path(INDEX).asInt(position);
    }

    TextPlace choice() {
        return in == null ? this : in.choice();
    }

    /** What it takes to remember this, in bytes, roughly. */
    int size() {
        return OBJECT + field.length() + (in == null ? 0 : in.size());
    }

    /** Puts this text where it belongs. */
    void put(ObjectNode chunk, String text) {
        if (in != null) {
            in.object(chunk).put(field, text);
        }
    }

    /** What is here, made where it is not. */
    private ObjectNode object(ObjectNode chunk) {
        ObjectNode parent = in == null ? chunk : in.object(chunk);
        if (item == NO_LIST) {
            return parent.get(field) instanceof ObjectNode given ? given : parent.putObject(field);
        }
        ArrayNode list = parent.get(field) instanceof ArrayNode given ? given : parent.putArray(field);
        for (int at = 0; at < list.size(); at++) {
            if (list.get(at) instanceof ObjectNode given && index(given, at) == item) {
                return given;
            }
        }
        return list.addObject().put(INDEX, item);
    }
}
