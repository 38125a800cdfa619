package dev.chatelaine.mcp.host;

import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * How a text is laid out, so that what is added looks like what is there.
 *
 * @param eol the line terminator, {@code \n} or {@code \r\n}
 * @param unit one step of indentation
 * @param oneLine whether the whole object stands on one line
 * @param gap what follows a comma or a colon on one line: a space or nothing
 */
record JsoncLayout(String eol, String unit, boolean oneLine, String gap) {
    private static final JsoncLayout USUAL = new JsoncLayout("\n", "  ", false, " ");

    static JsoncLayout of(JsoncDocument document) {
        String text = document.text();
        String eol = text.contains("\r\n") && text.indexOf('\r') == text.indexOf('\n') - 1 ? "\r\n" : USUAL.eol;
        JsoncObject root = document.root();
        if (root == null || root.members().isEmpty()) {
            return new JsoncLayout(eol, USUAL.unit, false, USUAL.gap);
        }
        JsoncMember first = root.members().get(0);
        boolean oneLine = !hasLineEnd(text.substring(root.start(), root.end()));
        String gap = oneLine && text.charAt(first.valueStart() - 1) == ':' ? "" : USUAL.gap;
        return new JsoncLayout(eol, unit(text, root, first), oneLine, gap);
    }

    /** The same layout for something that stands on one line in a text that does not. */
    JsoncLayout onOneLine() {
        return new JsoncLayout(eol, unit, true, gap);
    }

    /** A member whose name would begin at a line's start behind this indentation. */
    String member(String name, JsonNode value, String indentation) {
        return quoted(name) + ":" + (oneLine ? gap : " ") + value(value, indentation);
    }

    /** A value; objects take a line for each member unless all is on one line, arrays never do. */
    String value(JsonNode value, String indentation) {
        if (value.isObject()) {
            return object(value, indentation);
        }
        if (value.isArray()) {
            StringJoiner items = new StringJoiner("," + gap, "[", "]");
            value.forEach(item -> items.add(value(item, indentation)));
            return items.toString();
        }
        return value.toString();
    }

    private String object(JsonNode object, String indentation) {
        String inner = indentation + unit;
        StringJoiner members = oneLine
                ? new StringJoiner("," + gap, "{", "}")
                : new StringJoiner("," + eol + inner, "{" + eol + inner, eol + indentation + "}");
        object.properties().forEach(property -> members.add(member(property.getKey(), property.getValue(), inner)));
        return members.toString();
    }

    static boolean hasLineEnd(String text) {
        return text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
    }

    /** The space at the start of the line that a place of the text is in. */
    static String indentation(String text, int place) {
        int start = lineStart(text, place);
        int end = start;
        while (end < place && (text.charAt(end) == ' ' || text.charAt(end) == '\t')) {
            end++;
        }
        return text.substring(start, end);
    }

    /** Whether nothing but space stands before a place on its line. */
    static boolean beginsLine(String text, int place) {
        return lineStart(text, place) + indentation(text, place).length() == place;
    }

    private static int lineStart(String text, int place) {
        int start = place;
        while (start > 0 && text.charAt(start - 1) != '\n' && text.charAt(start - 1) != '\r') {
            start--;
        }
        return start;
    }

    private static String unit(String text, JsoncObject root, JsoncMember first) {
        String outer = indentation(text, root.start());
        String inner = indentation(text, first.nameStart());
        boolean told = beginsLine(text, first.nameStart()) && inner.length() > outer.length();
        return told && inner.startsWith(outer) ? inner.substring(outer.length()) : USUAL.unit;
    }

    private static String quoted(String name) {
        return JsonNodeFactory.instance.stringNode(name).toString();
    }
}
