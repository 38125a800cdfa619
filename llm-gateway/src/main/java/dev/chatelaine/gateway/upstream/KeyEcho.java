package dev.chatelaine.gateway.upstream;

import dev.chatelaine.vault.crypto.ChecksSecret;
import dev.chatelaine.vault.crypto.SecretValue;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Finds a key, or a good part of one, in what a provider sends back. */
final class KeyEcho {
    /** The shortest part of a key that counts as one; a shorter key counts as a whole. */
    static final int PART = 12;

    private KeyEcho() {}

    @ChecksSecret
    static boolean isIn(String text, @Nullable SecretValue key) {
        return key != null && !text.isEmpty() && key.check(characters -> contains(text, characters.toString()));
    }

    /**
     * Whether the whole key stands in the text: quicker, for answers, where a part of it is no more than a coincidence. A
     * shorter key than {@value #PART} characters counts as none: what people enter where a provider wants no key, such as
     * the provider's own name, stands in good answers too.
     */
    @ChecksSecret
    static boolean isWholeIn(String text, @Nullable SecretValue key) {
        return key != null && key.check(characters -> characters.length() >= PART && text.contains(characters));
    }

    /**
     * As {@link #isWholeIn(String, SecretValue)}, of JSON, which can write a character in several ways.
     *
     * @param text as it came
     * @param read what was read from it
     */
    static boolean isWholeIn(String text, JsonNode read, @Nullable SecretValue key) {
        boolean escapes = text.contains("\\u") || text.contains("\\/");
        return isWholeIn(text, key) || (escapes && isWholeIn(read.toString(), key));
    }

    private static boolean contains(String text, String key) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        String lower = text.toLowerCase(Locale.ROOT);
        return hasPartOf(text, key)
                || hasPartOf(text, URLEncoder.encode(key, StandardCharsets.UTF_8))
                || hasPartOf(lower, HexFormat.of().formatHex(bytes))
                || inBase64(text, bytes);
    }

    private static boolean hasPartOf(String text, String key) {
        int part = Math.min(PART, key.length());
        for (int at = 0; at + part <= key.length(); at++) {
            if (text.contains(key.substring(at, at + part))) {
                return true;
            }
        }
        return false;
    }

    /** The key may stand anywhere in what was encoded, which gives it three spellings; their ends depend on what is beside. */
    private static boolean inBase64(String text, byte[] key) {
        for (int shift = 0; shift < 3; shift++) {
            byte[] shifted = new byte[shift + key.length];
            System.arraycopy(key, 0, shifted, shift, key.length);
            String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            int from = shift == 0 ? 0 : 4;
            int to = encoded.length() - 2;
            if (to - from >= 8) {
                String spelling = encoded.substring(from, to);
                if (hasPartOf(text, spelling) || hasPartOf(text, urlSafe(spelling))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String urlSafe(String base64) {
        return base64.replace('+', '-').replace('/', '_');
    }
}
