package dev.chatelaine.http.server;

import dev.chatelaine.http.json.FieldNames;
import dev.chatelaine.http.problem.HttpProblem;
import dev.chatelaine.http.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The fields that a page sent as {@code application/x-www-form-urlencoded} (URL Standard, section 5.1), to the byte: each
 * name once and known, percent signs before two hexadecimal digits, well-formed UTF-8.
 */
public final class Form {
    private final Map<String, String> fields;

    private Form(Map<String, String> fields) {
        this.fields = fields;
    }

    /**
     * The fields in a body.
     *
     * @throws ProblemException {@code malformed_request}; {@code invalid_field} for fields that are not known or come
     *     twice
     */
    static Form read(byte[] body, Set<String> known) {
        Map<String, String> fields = new HashMap<>();
        int from = 0;
        while (from < body.length) {
            int end = indexOf(body, '&', from, body.length);
            int equals = indexOf(body, '=', from, end);
            String name = decoded(body, from, equals);
            if (end > from && fields.put(name, decoded(body, Math.min(equals + 1, end), end)) != null) {
                throw FieldNames.refused(known.contains(name) ? name : "?", "This comes twice.");
            }
            from = end + 1;
        }
        FieldNames.requireKnown(fields.keySet(), known);
        return new Form(fields);
    }

    /** A field, if it was sent; it may be empty. */
    public Optional<String> text(String field) {
        return Optional.ofNullable(fields.get(field));
    }

    /**
     * A field that must have been sent.
     *
     * @throws ProblemException {@code invalid_field}
     */
    public String requiredText(String field) {
        return text(field).orElseThrow(() -> FieldNames.refused(field, "This is required."));
    }

    private static int indexOf(byte[] body, char wanted, int from, int to) {
        int at = from;
        while (at < to && body[at] != wanted) {
            at++;
        }
        return at;
    }

    private static String decoded(byte[] body, int from, int to) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(to - from);
        for (int at = from; at < to; at++) {
            if (body[at] == '%') {
                bytes.write(octet(body, at, to));
                at += 2;
            } else {
                bytes.write(body[at] == '+' ? ' ' : body[at]);
            }
        }
        return text(bytes.toByteArray());
    }

    private static int octet(byte[] body, int percent, int to) {
        int high = percent + 2 < to ? Character.digit(body[percent + 1], 16) : -1;
        int low = percent + 2 < to ? Character.digit(body[percent + 2], 16) : -1;
        if (high < 0 || low < 0) {
            throw new ProblemException(HttpProblem.MALFORMED_REQUEST);
        }
        return high << 4 | low;
    }

    private static String text(byte[] utf8) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ProblemException(HttpProblem.MALFORMED_REQUEST).causedBy(e);
        }
    }
}
