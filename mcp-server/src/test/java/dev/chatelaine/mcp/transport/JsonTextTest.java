package dev.chatelaine.mcp.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class JsonTextTest {
    private final JsonText text = new JsonText(1_000_000);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "true",
                "-7",
                "9223372036854775807",
                "92233720368547758070",
                "1.5e3",
                "\"\\u00e9\\n\\ud83d\\ude00 é😀\"",
                " {\"a\":[1,{\"b\":null,\"c\":[true,false,\"\"]}],\"d\":{\"a\":0.25}} ",
            })
    void readsWhatADataBinderReads(String json) throws Exception {
        assertThat(text.parse(json.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(JsonMapper.shared().readValue(json, Object.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[1",
                "{\"a\"}",
                "{} {}",
                "{}x",
                "nul",
                "NaN",
                "'a'",
                "{a:1}",
                "[1,]",
                "// no\n1",
                "\"\t\"",
                "\"\\ud83d\"",
                "\"\\ude00\\ud83d\"",
                "{\"\\ud83d\":1}",
                "{\"a\":1,\"a\":2}",
                "01",
                "\u00a01"
            })
    void refusesWhatIsNotJson(String json) {
        assertThatThrownBy(() -> text.parse(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(InvalidJsonException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"22ff22", "22c0af22", "22eda0bd22", "22f8888888888022", "22e28222", "c3"})
    void refusesWhatIsNotUtf8(String hex) {
        assertThatThrownBy(() -> text.parse(HexFormat.of().parseHex(hex)))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessage("not UTF-8");
    }

    @Test
    void refusesDepthLongNumbersAndCrowds() throws Exception {
        assertThat(text.parse(nested(JsonText.DEEPEST))).isNotNull();
        assertThatThrownBy(() -> text.parse(nested(JsonText.DEEPEST + 1))).isInstanceOf(InvalidJsonException.class);
        assertThatThrownBy(() -> text.parse(nested(400_000))).isInstanceOf(InvalidJsonException.class);
        assertThatThrownBy(
                        () -> text.parse("9".repeat(JsonText.LONGEST_NUMBER + 1).getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(InvalidJsonException.class);
        assertThatThrownBy(() -> text.parse(("[" + "[],".repeat(60_000) + "1]").getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(InvalidJsonException.class);
    }

    @Test
    void doesNotQuoteWhatItRefuses() {
        assertThatThrownBy(() -> text.parse("{\"value\": sk-canary}".getBytes(StandardCharsets.UTF_8)))
                .hasMessageNotContaining("canary")
                .hasNoCause();
    }

    private static byte[] nested(int depth) {
        return ("[".repeat(depth) + "]".repeat(depth)).getBytes(StandardCharsets.UTF_8);
    }
}
