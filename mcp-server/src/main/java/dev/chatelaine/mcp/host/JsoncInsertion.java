package dev.chatelaine.mcp.host;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Puts a member at the end of an object by insertions alone: nothing that stands in the text is removed or moved. */
final class JsoncInsertion {
    /** Between a last value and its closing brace there is nothing else but space. */
    private static final Pattern COMMENT_OR_COMMA = Pattern.compile("//[^\\r\\n]*|/\\*.*?\\*/|,", Pattern.DOTALL);

    private static final Pattern LINE_BREAK_FIRST = Pattern.compile("[ \\t]*[\\r\\n]");

    private final String text;
    private final JsoncLayout layout;
    private final JsoncObject object;
    private final String tail;

    private JsoncInsertion(JsoncDocument document, JsoncObject object) {
        this.text = document.text();
        this.object = object;
        this.tail = text.substring(object.tailStart(), object.close());
        JsoncLayout whole = JsoncLayout.of(document);
        this.layout = standsOnOneLine() ? whole.onOneLine() : whole;
    }

    static List<TextEdit> of(JsoncDocument document, JsoncObject object, String name, JsonNode value) {
        return new JsoncInsertion(document, object).edits(name, value);
    }

    /** Puts a value before all others of an array, where neither commas nor comments are in the way. */
    static TextEdit first(JsoncDocument document, JsoncMember array, JsonNode value) {
        String text = document.text();
        JsoncLayout whole = JsoncLayout.of(document);
        String after = text.substring(array.valueStart() + 1, array.valueEnd() - 1);
        String comma = document.value(array).isEmpty() ? "" : ",";
        boolean onOwnLine = LINE_BREAK_FIRST.matcher(after).lookingAt();
        if (!onOwnLine) {
            String gap = comma.isEmpty() ? "" : whole.gap();
            String put = whole.onOneLine().value(value, "") + comma + gap;
            return TextEdit.insert(array.valueStart() + 1, put);
        }
        String indentation = JsoncLayout.indentation(text, array.nameStart()) + whole.unit();
        String put = whole.eol() + indentation + whole.value(value, indentation) + comma;
        return TextEdit.insert(array.valueStart() + 1, put);
    }

    private List<TextEdit> edits(String name, JsonNode value) {
        List<TextEdit> edits = new ArrayList<>(2);
        boolean trailingComma = hasComma();
        if (!object.members().isEmpty() && !trailingComma) {
            edits.add(TextEdit.insert(object.tailStart(), ","));
        }
        String comma = trailingComma ? "," : "";
        edits.add(layout.oneLine() ? onTheLine(name, value, comma) : onItsOwnLine(name, value, comma));
        return edits;
    }

    private TextEdit onTheLine(String name, JsonNode value, String comma) {
        String gap = object.members().isEmpty() ? "" : layout.gap();
        return TextEdit.insert(endOfContent(), gap + layout.member(name, value, "") + comma);
    }

    /** Below a comment that follows the last member on its line, so that it stays with that member. */
    private TextEdit onItsOwnLine(String name, JsonNode value, String comma) {
        String indentation = memberIndentation();
        String member = layout.eol() + indentation + layout.member(name, value, indentation) + comma;
        boolean braceOnOwnLine = JsoncLayout.hasLineEnd(text.substring(endOfContent(), object.close()));
        return braceOnOwnLine
                ? TextEdit.insert(endOfContent(), member)
                : TextEdit.insert(object.close(), member + layout.eol() + outerIndentation());
    }

    private boolean hasComma() {
        Matcher matcher = COMMENT_OR_COMMA.matcher(tail);
        while (matcher.find()) {
            if (matcher.group().equals(",")) {
                return true;
            }
        }
        return false;
    }

    private boolean standsOnOneLine() {
        if (object.members().isEmpty()) {
            return false;
        }
        int firstName = object.members().get(0).nameStart();
        return !JsoncLayout.hasLineEnd(text.substring(object.start(), firstName)) && !JsoncLayout.hasLineEnd(tail);
    }

    private int endOfContent() {
        return object.tailStart() + tail.stripTrailing().length();
    }

    private String outerIndentation() {
        return JsoncLayout.indentation(text, object.start());
    }

    private String memberIndentation() {
        if (!object.members().isEmpty()) {
            int last = object.members().get(object.members().size() - 1).nameStart();
            if (JsoncLayout.beginsLine(text, last)) {
                return JsoncLayout.indentation(text, last);
            }
        }
        return outerIndentation() + layout.unit();
    }
}
