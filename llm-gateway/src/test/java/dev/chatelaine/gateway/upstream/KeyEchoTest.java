package dev.chatelaine.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.crypto.SecretValue;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class KeyEchoTest {
    private static final String TEXT = "sk-proj-a/b+c=d_0123456789~ABCDEF";
    private static final SecretValue KEY = SecretValue.of(TEXT);

    static Stream<String> spellings() {
        byte[] bytes = TEXT.getBytes(StandardCharsets.UTF_8);
        Base64.Encoder base64 = Base64.getEncoder();
        return Stream.of(
                TEXT,
                TEXT.substring(5, 20),
                URLEncoder.encode(TEXT, StandardCharsets.UTF_8),
                HexFormat.of().formatHex(bytes),
                HexFormat.of().withUpperCase().formatHex(bytes),
                base64.encodeToString(bytes),
                base64.encodeToString(("a" + TEXT).getBytes(StandardCharsets.UTF_8)),
                base64.encodeToString(("ab" + TEXT + "c").getBytes(StandardCharsets.UTF_8)),
                Base64.getUrlEncoder().encodeToString(("user:" + TEXT).getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void aKeyIsFoundInEverySpelling(String spelling) {
        assertThat(KeyEcho.isIn("The key '" + spelling + "' is wrong", KEY)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sk-proj", "Incorrect API key provided: sk-proj-****CDEF", "max_tokens is too large"})
    void whatEverybodyMayKnowIsNoKey(String text) {
        assertThat(KeyEcho.isIn(text, KEY)).isFalse();
        assertThat(KeyEcho.isIn(text.toUpperCase(Locale.ROOT), KEY)).isFalse();
    }

    @Test
    void aShortKeyCountsAsAWhole() {
        assertThat(KeyEcho.isIn("say abc", SecretValue.of("abc"))).isTrue();
        assertThat(KeyEcho.isIn("say ab", SecretValue.of("abc"))).isFalse();
    }

    @Test
    void anAnswerIsSearchedForTheWholeKeyAndForNoneThatIsAWord() {
        assertThat(KeyEcho.isWholeIn("it is " + TEXT + "!", KEY)).isTrue();
        assertThat(KeyEcho.isWholeIn("it is " + TEXT.substring(1), KEY)).isFalse();
        assertThat(KeyEcho.isWholeIn("{\"id\":\"chatcmpl-ollama-1\"}", SecretValue.of("ollama")))
                .isFalse();
        assertThat(KeyEcho.isWholeIn("anything", null)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"\\u0073k-proj-a/b+c=d_0123456789~ABCDEF\"}",
                "{\"id\":\"sk-proj-a\\/b+c=d_0123456789~ABCDEF\"}",
                "{\"sk-proj-a/b+c=d_0123456789~ABCDE\\u0046\":1}"
            })
    void aKeyIsFoundHoweverJsonWritesItsCharacters(String json) {
        JsonNode read = JsonMapper.shared().readTree(json);

        assertThat(KeyEcho.isWholeIn(json, KEY)).isFalse();
        assertThat(KeyEcho.isWholeIn(json, read, KEY)).isTrue();
        assertThat(KeyEcho.isWholeIn(json, read, SecretValue.of(TEXT + "x"))).isFalse();
    }

    @Test
    void withoutAKeyThereIsNone() {
        assertThat(KeyEcho.isIn("anything", null)).isFalse();
    }
}
