package dev.chatelaine.vault;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** A unique value, and the disguises under which it might get out. */
public record Canary(String value) {

    /** The canary's disguises that stand in these bytes; none when all is well. */
    public List<String> foundIn(byte[] bytes) {
        return disguises().stream()
                .filter(disguise -> contains(bytes, disguise.getBytes(StandardCharsets.ISO_8859_1)))
                .toList();
    }

    /** As {@link #foundIn(byte[])}, for text. */
    public List<String> foundIn(String text) {
        return foundIn(text.getBytes(StandardCharsets.UTF_8));
    }

    /** By Horspool's method: whole databases are searched, and a look at every byte for each disguise takes seconds. */
    private static boolean contains(byte[] text, byte[] word) {
        int last = word.length - 1;
        int[] skip = new int[256];
        Arrays.fill(skip, word.length);
        for (int i = 0; i < last; i++) {
            skip[word[i] & 0xff] = last - i;
        }
        for (int at = 0; at + last < text.length; at += skip[text[at + last] & 0xff]) {
            if (Arrays.equals(text, at, at + word.length, word, 0, word.length)) {
                return true;
            }
        }
        return false;
    }

    private List<String> disguises() {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        List<String> disguises = new ArrayList<>();
        disguises.add(new String(bytes, StandardCharsets.ISO_8859_1));
        disguises.add(new String(value.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1));
        disguises.add(HexFormat.of().formatHex(bytes));
        disguises.add(HexFormat.of().formatHex(bytes).toUpperCase(Locale.ROOT));
        disguises.add(URLEncoder.encode(value, StandardCharsets.UTF_8));
        for (int shift = 0; shift < 3; shift++) {
            disguises.add(inner(Base64.getEncoder(), bytes, shift));
            disguises.add(inner(Base64.getUrlEncoder(), bytes, shift));
        }
        return disguises;
    }

    /** What of the base64 does not depend on what stands around the value. */
    private static String inner(Base64.Encoder encoder, byte[] bytes, int shift) {
        byte[] shifted = new byte[shift + bytes.length];
        System.arraycopy(bytes, 0, shifted, shift, bytes.length);
        String encoded = encoder.withoutPadding().encodeToString(shifted);
        return encoded.substring(shift == 0 ? 0 : shift + 1, shifted.length / 3 * 4);
    }
}
