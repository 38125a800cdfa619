package dev.chatelaine.mcp.host;

import java.util.List;

/**
 * A change of the part of a text from {@code start} (inclusive) to {@code end} (exclusive), in UTF-16 units.
 *
 * @param replacement what stands there afterwards
 */
record TextEdit(int start, int end, String replacement) {
    TextEdit {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("not a range of a text");
        }
    }

    static TextEdit insert(int at, String text) {
        return new TextEdit(at, at, text);
    }

    /** The text with all edits made; they are in order and do not overlap, and their places are the original's. */
    static String apply(String text, List<TextEdit> edits) {
        StringBuilder result = new StringBuilder(text.length() + 256);
        int copied = 0;
        for (TextEdit edit : edits) {
            result.append(text, copied, edit.start()).append(edit.replacement());
            copied = edit.end();
        }
        return result.append(text, copied, text.length()).toString();
    }
}
