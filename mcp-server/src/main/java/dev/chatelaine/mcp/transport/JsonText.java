package dev.chatelaine.mcp.transport;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * One JSON text as maps, lists, strings, numbers, booleans and null. Read from tokens alone: a data binder costs more
 * to load than everything else that happens before a host's first answer. Safe for several threads.
 *
 * <p>Refused although RFC 8259 lets it pass: a name that occurs twice in one object, and text that is no Unicode (a
 * surrogate on its own). Two programs would read the first differently, and the second cannot be written back.
 */
final class JsonText {
    static final int DEEPEST = 100;
    static final int LONGEST_NUMBER = 100;
    static final long MOST_TOKENS = 100_000;

    private final JsonFactory factory;

    /**
     * A reader.
     *
     * @param limit the longest text, in bytes
     */
    JsonText(int limit) {
        this.factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST)
                        .maxNumberLength(LONGEST_NUMBER)
                        .maxTokenCount(MOST_TOKENS)
                        .maxStringLength(limit)
                        .build())
                .build();
    }

    @Nullable
    Object parse(byte[] utf8) throws InvalidJsonException {
        if (!Utf8.isValid(utf8)) {
            throw new InvalidJsonException("not UTF-8");
        }
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), utf8)) {
            Object value = value(parser, parser.nextToken());
            if (parser.nextToken() != null) {
                throw new InvalidJsonException("more than one value");
            }
            return value;
        } catch (JacksonException e) {
            throw new InvalidJsonException("not JSON, or nested too deeply, or a number too long");
        }
    }

    private @Nullable Object value(JsonParser parser, @Nullable JsonToken token) throws InvalidJsonException {
        if (token == null) {
            throw new InvalidJsonException("no value");
        }
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> text(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new InvalidJsonException("not JSON");
        };
    }

    private Map<String, @Nullable Object> object(JsonParser parser) throws InvalidJsonException {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = text(parser.currentName());
            if (object.containsKey(name)) {
                throw new InvalidJsonException("a name occurs twice in an object");
            }
            object.put(name, value(parser, parser.nextToken()));
        }
        return object;
    }

    private List<@Nullable Object> array(JsonParser parser) throws InvalidJsonException {
        List<@Nullable Object> array = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            array.add(value(parser, token));
        }
        return array;
    }

    private static String text(String text) throws InvalidJsonException {
        int at = 0;
        while (at < text.length()) {
            int character = text.codePointAt(at);
            if (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE) {
                throw new InvalidJsonException("half a character");
            }
            at += Character.charCount(character);
        }
        return text;
    }
}
