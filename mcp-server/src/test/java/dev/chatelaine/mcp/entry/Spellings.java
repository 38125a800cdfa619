package dev.chatelaine.mcp.entry;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Looks for a value in what must not have it, however it is spelled. Its last four characters are its hint. */
final class Spellings {
    private static final int HINT = 4;
    private static final int BASE64_GROUP = 3;

    private Spellings() {}

    static void assertAbsent(String value, List<String> texts, String what) {
        String body = value.substring(0, value.length() - HINT);
        assertThat(texts).as(what).isNotEmpty();
        for (String spelling : of(body)) {
            assertThat(texts)
                    .as(what)
                    .noneMatch(text -> text.toLowerCase(Locale.ROOT).contains(spelling.toLowerCase(Locale.ROOT)));
        }
    }

    private static List<String> of(String body) {
        byte[] bytes =
                body.substring(0, body.length() - body.length() % BASE64_GROUP).getBytes(StandardCharsets.UTF_8);
        return List.of(
                body,
                Base64.getEncoder().encodeToString(bytes),
                Base64.getUrlEncoder().encodeToString(bytes),
                HexFormat.of().formatHex(bytes),
                URLEncoder.encode(body, StandardCharsets.UTF_8));
    }
}
