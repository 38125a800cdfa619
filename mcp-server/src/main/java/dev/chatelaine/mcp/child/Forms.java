package dev.chatelaine.mcp.child;

import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * The forms in which programs print a value: as it is, with the line breaks of terminals, line by line, and in the
 * common encodings. Forms so short that they would be found by chance are left out.
 */
final class Forms {
    /** A value of fewer characters is not masked: it would be found in words that are no secret. */
    static final int SHORTEST_VALUE = 4;

    private static final int SHORTEST_LINE = 8;
    private static final int SHORTEST_ENCODED = 8;

    private final Charset charset;
    private final Set<String> texts = new LinkedHashSet<>();
    private final List<byte[]> patterns = new ArrayList<>();

    private Forms(Charset charset) {
        this.charset = charset;
    }

    /**
     * The patterns of a value.
     *
     * @param charset how the child's environment is encoded
     */
    static Collection<byte[]> of(String value, Charset charset) {
        Forms forms = new Forms(charset);
        forms.plain(value);
        forms.encoded(value);
        forms.texts.forEach(forms::addText);
        return forms.patterns;
    }

    private void plain(String value) {
        if (value.length() < SHORTEST_VALUE) {
            return;
        }
        texts.add(value);
        texts.add(value.replace("\r\n", "\n").replace("\n", "\r\n"));
        value.lines().filter(line -> line.strip().length() >= SHORTEST_LINE).forEach(texts::add);
        addEncoded(new String(JsonStringEncoder.getInstance().quoteAsCharArray(value)));
        addEncoded(new String(JsonStringEncoder.getInstance().quoteAsCharArray(value)).replace("/", "\\/"));
    }

    private void encoded(String value) {
        String percent = URLEncoder.encode(value, StandardCharsets.UTF_8);
        addEncoded(percent);
        addEncoded(percent.replace("+", "%20"));
        byte[] bytes = value.getBytes(charset);
        addEncoded(HexFormat.of().formatHex(bytes));
        addEncoded(HexFormat.of().formatHex(bytes).toUpperCase(Locale.ROOT));
        for (int skipped = 0; skipped < 3 && skipped < bytes.length; skipped++) {
            int whole = (bytes.length - skipped) / 3 * 3;
            byte[] part = Arrays.copyOfRange(bytes, skipped, skipped + whole);
            addEncoded(Base64.getEncoder().encodeToString(part));
            addEncoded(Base64.getUrlEncoder().encodeToString(part));
        }
    }

    private void addEncoded(String text) {
        if (text.length() >= SHORTEST_ENCODED) {
            texts.add(text);
        }
    }

    private void addText(String text) {
        patterns.add(text.getBytes(charset));
        if (!charset.equals(StandardCharsets.UTF_8)) {
            patterns.add(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
