package dev.chatelaine.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @Test
    void readsEveryKindOfValueThatSchemasUse() {
        assertThat(parse("{\"o\":{\"s\":\"x\"},\"a\":[1,true,[false]],\"e\":{}}"))
                .isEqualTo(Map.of("o", Map.of("s", "x"), "a", List.of(1, true, List.of(false)), "e", Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{\"a\":null}", "{\"a\":1.5}", ""})
    void refusesWhatSchemasDoNotUse(String text) {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1", "{\"a\"}", "{", "{\"a\":[1", "{a:1}"})
    void refusesBrokenText(String text) {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(RuntimeException.class);
    }

    private static Map<String, Object> parse(String text) {
        return Json.parse(text.getBytes(StandardCharsets.UTF_8));
    }
}
