package dev.chatelaine.mcp.host;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The content of a configuration file as text; it gives back the very bytes it was read from.
 *
 * @param byteOrderMark whether the file begins with UTF-8's byte order mark, which is not part of the text
 * @param text the rest
 */
record ConfigurationText(boolean byteOrderMark, String text) {
    private static final String MARK = "\uFEFF";

    /**
     * Reads bytes as UTF-8.
     *
     * @throws CharacterCodingException when they are not
     */
    static ConfigurationText of(byte[] bytes) throws CharacterCodingException {
        String all = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
        boolean marked = all.startsWith(MARK);
        return new ConfigurationText(marked, marked ? all.substring(1) : all);
    }

    byte[] bytes() {
        return (byteOrderMark ? MARK + text : text).getBytes(StandardCharsets.UTF_8);
    }
}
