package dev.chatelaine.schemas;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * JSON as unmodifiable maps and lists that keep the order of the text. A host waits for this at every start, hence
 * tokens and no mapper, and loops and no streams: both cost more the first time than the parsing itself.
 */
final class Json {

    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    /** Parses one JSON object; a text that is anything else, or that has a {@code null} in it, is refused. */
    static Map<String, Object> parse(byte[] utf8) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), utf8)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("not a JSON object");
            }
            return readObject(parser);
        }
    }

    static Map<String, Object> object(Map<String, Object> in, String key) {
        return asObject(in.getOrDefault(key, Map.of()));
    }

    @SuppressWarnings("unchecked") // every map comes from readObject
    static Map<String, Object> asObject(Object value) {
        return (Map<String, Object>) value;
    }

    static List<?> list(Map<String, Object> in, String key) {
        return (List<?>) in.getOrDefault(key, List.of());
    }

    static List<String> strings(Map<String, Object> in, String key) {
        List<String> strings = new ArrayList<>();
        for (Object element : list(in, key)) {
            strings.add((String) element);
        }
        return Collections.unmodifiableList(strings);
    }

    static String string(Map<String, Object> in, String key) {
        return (String) required(in, key);
    }

    static boolean bool(Map<String, Object> in, String key) {
        return (Boolean) required(in, key);
    }

    private static Object required(Map<String, Object> in, String key) {
        Object value = in.get(key);
        if (value == null) {
            throw new IllegalArgumentException("missing: " + key);
        }
        return value;
    }

    private static Map<String, Object> readObject(JsonParser parser) {
        Map<String, Object> object = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            object.put(name, readValue(parser, parser.nextToken()));
        }
        return Collections.unmodifiableMap(object);
    }

    private static List<Object> readArray(JsonParser parser) {
        List<Object> array = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            array.add(readValue(parser, token));
        }
        return Collections.unmodifiableList(array);
    }

    private static Object readValue(JsonParser parser, JsonToken token) {
        return switch (token) {
            case START_OBJECT -> readObject(parser);
            case START_ARRAY -> readArray(parser);
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> parser.getIntValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw new IllegalArgumentException("not used in these files: " + token);
        };
    }
}
