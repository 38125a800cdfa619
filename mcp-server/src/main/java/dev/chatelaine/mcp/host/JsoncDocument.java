package dev.chatelaine.mcp.host;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A JSON text, with comments and trailing commas where the syntax has them, and the places of its objects' members.
 * What is inside arrays is checked but not located. Places count UTF-16 units from the start of the text.
 *
 * @param text the whole text
 * @param root the top object, or null when the text holds nothing but space and comments
 */
record JsoncDocument(String text, @Nullable JsoncObject root) {
    private static final JsonMapper STRICT = JsonMapper.builder().build();
    private static final JsonMapper LENIENT = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS, JsonReadFeature.ALLOW_TRAILING_COMMA)
            .build();

    /**
     * Reads a text.
     *
     * @throws MalformedJsonException when it is not one object in that syntax
     */
    static JsoncDocument parse(String text, McpHost.Syntax syntax) throws MalformedJsonException {
        JsonMapper mapper = syntax == McpHost.Syntax.JSON ? STRICT : LENIENT;
        // From an array, so that the whole text is one buffer and no offset is counted across a refill.
        try (JsonParser parser = mapper.createParser(text.toCharArray())) {
            return new JsoncDocument(text, root(parser));
        } catch (StreamConstraintsException e) {
            throw new MalformedJsonException("is nested too deeply or has too long a value to be read");
        } catch (JacksonException e) {
            TokenStreamLocation place = e.getLocation();
            throw MalformedJsonException.at(place.getLineNr(), place.getColumnNr());
        }
    }

    /** The value of a member, as data. */
    JsonNode value(JsoncMember member) {
        return LENIENT.readTree(text.substring(member.valueStart(), member.valueEnd()));
    }

    private static @Nullable JsoncObject root(JsonParser parser) throws MalformedJsonException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            return null;
        }
        JsoncObject root = first == JsonToken.START_OBJECT ? object(parser) : null;
        if (root == null || parser.nextToken() != null) {
            throw new MalformedJsonException("does not hold one JSON object");
        }
        return root;
    }

    private static JsoncObject object(JsonParser parser) {
        int start = tokenStart(parser);
        List<JsoncMember> members = new ArrayList<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            members.add(member(parser));
        }
        return new JsoncObject(start, position(parser), members);
    }

    private static JsoncMember member(JsonParser parser) {
        String name = parser.currentName();
        int nameStart = tokenStart(parser);
        JsonToken value = parser.nextToken();
        int valueStart = tokenStart(parser);
        if (value == JsonToken.START_OBJECT) {
            JsoncObject object = object(parser);
            return new JsoncMember(name, nameStart, valueStart, object.end(), object);
        }
        return new JsoncMember(name, nameStart, valueStart, scalarOrArrayEnd(parser, value, valueStart), null);
    }

    private static int scalarOrArrayEnd(JsonParser parser, JsonToken value, int start) {
        if (value == JsonToken.START_ARRAY) {
            parser.skipChildren();
            return position(parser);
        }
        if (value == JsonToken.VALUE_STRING) {
            parser.finishToken();
            return position(parser);
        }
        return start + parser.getString().length();
    }

    private static int tokenStart(JsonParser parser) {
        return Math.toIntExact(parser.currentTokenLocation().getCharOffset());
    }

    private static int position(JsonParser parser) {
        return Math.toIntExact(parser.currentLocation().getCharOffset());
    }
}
