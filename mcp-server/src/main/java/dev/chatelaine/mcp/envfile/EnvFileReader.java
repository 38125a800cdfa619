package dev.chatelaine.mcp.envfile;

import com.google.errorprone.annotations.CompileTimeConstant;
import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.crypto.SecretValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads an environment file: lines {@code KEY=value}, with or without {@code export}.
 *
 * <ul>
 *   <li>Without quotes a value ends at the line's end or where a blank and {@code #} begin a comment; blanks around it
 *       are no part of it.
 *   <li>In single quotes everything is taken as it is, line breaks too.
 *   <li>In double quotes too, but for the escapes {@code \n \r \t \\ \" \$ \`}; before anything else {@code \} stands for
 *       itself.
 *   <li>Nothing is expanded: {@code $HOME} is those five characters.
 *   <li>A line break is {@code \n} or {@code \r\n}, and a {@code \n} where it is part of a value.
 * </ul>
 *
 * <p>What is refused is named by its line, and by its key where that looks like one; never by its text, which may be a
 * value in the wrong place.
 */
public final class EnvFileReader {
    private static final String KEY_LIKE = "[A-Z][A-Z0-9_]{0,127}";
    private static final String ESCAPES = "nrt\\\"$`";
    private static final String ESCAPED = "\n\r\t\\\"$`";
    private static final char END = '\n';

    private final String text;
    private int at;
    private int line = 1;

    private EnvFileReader(String text) {
        this.text = text;
    }

    /**
     * Reads a file in UTF-8, with a byte order mark or without.
     *
     * @throws VaultException {@code invalid_field} for what is no such file, or has a key twice; {@code value_required}
     *     for a key without a value; {@code value_too_large}
     */
    public static List<Assignment> read(byte[] file) {
        return new EnvFileReader(FileText.decode(file)).assignments();
    }

    private List<Assignment> assignments() {
        List<Assignment> all = new ArrayList<>();
        Map<String, Integer> lines = new HashMap<>();
        for (skipBlankLines(); at < text.length(); skipBlankLines()) {
            Assignment read = assignment();
            Integer before = lines.put(read.key(), read.line());
            if (before != null) {
                throw refused("Line {}: {} is set twice, first in line {}. Keep one.", line, shown(read.key()), before);
            }
            all.add(read);
        }
        return all;
    }

    private Assignment assignment() {
        int first = line;
        String key = key();
        skipBlanks();
        String value = switch (peek()) {
            case '\'' -> quoted(key, '\'');
            case '"' -> quoted(key, '"');
            default -> unquoted();
        };
        if (value.isEmpty()) {
            throw new VaultException(
                    ErrorCode.VALUE_REQUIRED,
                    "Line {}: {} has no value. Give it one (in quotes where it begins with #), or take the line out.",
                    first,
                    shown(key));
        }
        skipComment();
        return new Assignment(first, key, held(first, key, value));
    }

    private String key() {
        int start = at;
        while (peek() != '=') {
            if (peek() == END) {
                throw refused(
                        "Line {} has no =. A line is KEY=value, and a value of several lines is in quotes.", line);
            }
            at++;
        }
        String before = text.substring(start, at++).strip();
        String key = before.matches("export[ \t].*")
                ? before.substring("export".length()).strip()
                : before;
        if (key.isEmpty()) {
            throw refused("Line {} has no name before its =.", line);
        }
        return key;
    }

    private String unquoted() {
        int start = at;
        while (peek() != END && !(peek() == '#' && (at == start || isBlank(text.charAt(at - 1))))) {
            at++;
        }
        return text.substring(start, at).strip();
    }

    private String quoted(String key, char quote) {
        int first = line;
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char read = text.charAt(at);
            if (read == quote) {
                at++;
                requireNothingElse(key);
                return value.toString();
            }
            int escape =
                    read == '\\' && quote == '"' && at + 1 < text.length() ? ESCAPES.indexOf(text.charAt(at + 1)) : -1;
            if (escape >= 0) {
                at++;
            }
            value.append(escape >= 0 ? ESCAPED.charAt(escape) : read);
            line += read == END ? 1 : 0;
        }
        throw refused("Line {}: the quote that {} opens is never closed.", first, shown(key));
    }

    private void requireNothingElse(String key) {
        skipBlanks();
        if (peek() != END && peek() != '#') {
            throw refused(
                    "Line {}: there is more behind the closing quote of {}. A quote within the value is written \\\" in"
                            + " double quotes; single quotes cannot hold one.",
                    line,
                    shown(key));
        }
    }

    private static SecretValue held(int line, String key, String value) {
        try {
            return SecretValue.of(value);
        } catch (VaultException e) {
            throw new VaultException(e.code(), "Line {}: {}: {}", line, shown(key), e.text()).causedBy(e);
        }
    }

    private void skipBlankLines() {
        for (skipBlanks(); at < text.length() && (peek() == END || peek() == '#'); skipBlanks()) {
            skipComment();
            at++;
            line++;
        }
    }

    private void skipBlanks() {
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
    }

    /** To the end of the line, which stays. */
    private void skipComment() {
        while (peek() != END) {
            at++;
        }
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : END;
    }

    private static boolean isBlank(char read) {
        return read == ' ' || read == '\t';
    }

    /** A key that may be shown; a piece of a value does not look like one. */
    private static String shown(String key) {
        return key.matches(KEY_LIKE) ? key : "a key";
    }

    private static VaultException refused(@CompileTimeConstant final String message, Object... shown) {
        return new VaultException(ErrorCode.INVALID_FIELD, message, shown).withField("from");
    }
}
