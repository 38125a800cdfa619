package dev.chatelaine.mcp.envfile;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** The text of a file in UTF-8, without a byte order mark and with {@code \n} for every {@code \r\n}. */
final class FileText {
    private static final String MARK = "\ufeff";

    private FileText() {}

    /** @throws VaultException {@code invalid_field} with the line where it is no UTF-8 */
    static String decode(byte[] file) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer characters = CharBuffer.allocate(file.length);
        CoderResult result = decoder.decode(ByteBuffer.wrap(file), characters, true);
        String text = characters.flip().toString();
        if (result.isError()) {
            throw new VaultException(
                            ErrorCode.INVALID_FIELD,
                            "Line {} is not UTF-8. Save the file in that encoding.",
                            text.chars().filter(read -> read == '\n').count() + 1)
                    .withField("from");
        }
        return (text.startsWith(MARK) ? text.substring(1) : text).replace("\r\n", "\n");
    }
}
