package dev.chatelaine.mcp.child;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class FormsTest {
    private static Masks masks(Collection<byte[]> forms) {
        Masks masks = new Masks();
        masks.add(forms);
        return masks;
    }

    private static String masked(String text, String value) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (MaskingStream stream = new MaskingStream(out, masks(Forms.of(value, StandardCharsets.UTF_8)))) {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theCommonEncodingsAreFound() throws IOException {
        String value = "pa\"ss/wörd & more\\1";
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        assertThat(masked("v=" + value, value)).isEqualTo("v=••••");
        assertThat(masked(JsonMapper.shared().writeValueAsString(value), value)).isEqualTo("\"••••\"");
        assertThat(masked("x=" + URLEncoder.encode(value, StandardCharsets.UTF_8), value))
                .isEqualTo("x=••••");
        assertThat(masked(HexFormat.of().formatHex(bytes), value)).isEqualTo("••••");
    }

    @Test
    void base64IsFoundWhereverTheValueStandsInWhatIsEncoded() throws IOException {
        String value = "correct-horse-battery";
        for (String before : new String[] {"", "u", "us", "user:"}) {
            String encoded =
                    Base64.getEncoder().encodeToString((before + value + "!").getBytes(StandardCharsets.UTF_8));
            assertThat(masked("Basic " + encoded, value)).as(before).contains("••••");
        }
    }

    @Test
    void eachLineOfALongValueIsFoundAlone() throws IOException {
        String value = "first-line-of-it\nx\nthird-line-of-it";
        assertThat(masked("a first-line-of-it b", value)).isEqualTo("a •••• b");
        assertThat(masked(value.replace("\n", "\r\n"), value)).isEqualTo("••••");
        assertThat(masked("x", value)).isEqualTo("x");
    }

    @Test
    void aValueTooShortIsLeft() throws IOException {
        assertThat(masked("abc abc", "abc")).isEqualTo("abc abc");
        assertThat(masked("abcd", "abcd")).isEqualTo("••••");
    }
}
