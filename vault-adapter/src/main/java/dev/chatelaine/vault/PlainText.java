package dev.chatelaine.vault;

/**
 * Texts from outside as every database gives them back: codes are made over what is stored, and no text may make a
 * statement fail. Control characters and halves of characters are replaced.
 */
public final class PlainText {
    private static final int REPLACEMENT = 0xFFFD;

    private PlainText() {}

    /** The text, of which what is beyond so many characters (code points) is cut off. */
    public static String of(String text, int longest) {
        int[] points = text.codePoints()
                .limit(longest)
                .map(point -> Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE
                        ? REPLACEMENT
                        : point)
                .toArray();
        return new String(points, 0, points.length);
    }
}
