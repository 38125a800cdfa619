package dev.chatelaine.vault.crypto;

import com.google.errorprone.annotations.RestrictedApi;
import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A secret's value in memory: 1 to 65,536 bytes of UTF-8. The only type that carries one.
 *
 * <p>It has no bean properties and no public fields, so that a serialiser finds nothing to write; {@code toString} is
 * constant and equality takes the same time wherever two values differ. It is immutable and safe for use by several
 * threads. The bytes live until the collector takes them: a short life is promised, wiping is not.
 */
public final class SecretValue {
    /** The longest value, in bytes of UTF-8. */
    public static final int MAX_BYTES = 65_536;

    private static final int SHORTEST_WITH_HINT = 16;
    private static final int HINT_LENGTH = 4;
    private static final String REVEAL_RULE =
            "A value is opened in three places only: an upstream request, a session's injection, a child's environment";

    /** Transient for the sake of serialisers that look at fields. */
    private final transient byte[] utf8;

    private SecretValue(byte[] utf8) {
        if (utf8.length == 0) {
            throw new VaultException(ErrorCode.INVALID_VALUE, "The value is empty. Give at least one byte.")
                    .withField("value");
        }
        if (utf8.length > MAX_BYTES) {
            throw new VaultException(
                            ErrorCode.VALUE_TOO_LARGE,
                            "The value is longer than 65536 bytes of UTF-8. Store a shorter one, or split it.")
                    .withField("value");
        }
        this.utf8 = utf8;
    }

    /**
     * The value of these characters.
     *
     * @throws VaultException {@code invalid_value} when they are none or not well-formed Unicode (an unpaired
     *     surrogate), {@code value_too_large} when they are more than {@link #MAX_BYTES} as UTF-8
     */
    public static SecretValue of(CharSequence characters) {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8
                    .newEncoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .encode(CharBuffer.wrap(characters));
            byte[] utf8 = new byte[encoded.remaining()];
            encoded.get(utf8);
            return new SecretValue(utf8);
        } catch (CharacterCodingException e) {
            throw notText();
        }
    }

    /**
     * The value of these bytes, which are copied.
     *
     * @throws VaultException {@code invalid_value} when they are none or not UTF-8, {@code value_too_large} when they
     *     are more than {@link #MAX_BYTES}
     */
    public static SecretValue ofUtf8(byte[] bytes) {
        SecretValue value = new SecretValue(bytes.clone());
        value.decoded();
        return value;
    }

    /** The last four characters, or null where the value has fewer than 16 or they are not all printable. */
    public @Nullable String hint() {
        String text = new String(utf8, StandardCharsets.UTF_8);
        if (text.codePointCount(0, text.length()) < SHORTEST_WITH_HINT) {
            return null;
        }
        String last = text.substring(text.offsetByCodePoints(text.length(), -HINT_LENGTH));
        return last.codePoints().allMatch(SecretValue::printable) ? last : null;
    }

    /** The value without white space at its ends; itself where there is none. */
    public SecretValue stripped() {
        String text = new String(utf8, StandardCharsets.UTF_8);
        String stripped = text.strip();
        return stripped.length() == text.length() ? this : of(stripped);
    }

    /**
     * Answers a question about the value without handing it on.
     *
     * @param question must not keep what it is shown
     */
    @RestrictedApi(
            explanation = "Only checks on a value's way in and the masking of output may look at it",
            link = "",
            allowlistAnnotations = ChecksSecret.class)
    public boolean check(Predicate<? super CharSequence> question) {
        return question.test(decoded());
    }

    /** The value itself, for the three places that {@link RevealsSecret} names. */
    @RestrictedApi(explanation = REVEAL_RULE, link = "", allowlistAnnotations = RevealsSecret.class)
    public String reveal() {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    /** For sealing, within this package. */
    byte[] bytes() {
        return utf8;
    }

    private CharBuffer decoded() {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(utf8));
        } catch (CharacterCodingException e) {
            throw notText();
        }
    }

    private static boolean printable(int point) {
        return !Character.isISOControl(point)
                && !Character.isWhitespace(point)
                && Character.getType(point) != Character.FORMAT;
    }

    private static VaultException notText() {
        return new VaultException(
                        ErrorCode.INVALID_VALUE,
                        "The value is not well-formed UTF-8. Encode binary data, for example as base64, and store that.")
                .withField("value");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SecretValue value && MessageDigest.isEqual(utf8, value.utf8);
    }

    /** The same for every value: a hash of it would be a hint. */
    @Override
    public int hashCode() {
        return SecretValue.class.hashCode();
    }

    @Override
    public String toString() {
        return "SecretValue[redacted]";
    }
}
