package dev.chatelaine.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.chatelaine.gateway.failure.FailureCategory;
import dev.chatelaine.vault.crypto.SecretValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class KeyWatchTest {
    private static final String TEXT = "sk-canary-0123456789abcdef";
    private static final String CONTENT = "{\"content\":\"%s\"}";

    private final Caller caller = new Caller(SecretValue.of(TEXT));

    @ParameterizedTest
    @ValueSource(
            strings = {
                CONTENT,
                "{\"refusal\":\"%s\"}",
                "{\"reasoning_content\":\"%s\"}",
                "{\"function_call\":{\"arguments\":\"%s\"}}",
                "{\"tool_calls\":[{\"index\":1,\"function\":{\"arguments\":\"%s\"}}]}",
                "{\"tool_calls\":[{\"index\":0,\"function\":{\"name\":\"%s\"}}]}",
                "{\"thinking_blocks\":[{\"index\":0,\"type\":\"thinking\",\"thinking\":\"%s\"}]}",
                "{\"content\":[{\"type\":\"text\",\"text\":\"%s\"}]}"
            })
    void aKeyInPiecesIsFoundInEveryFieldAndLittleOfItGoesOut(String delta) {
        for (int length = 1; length < TEXT.length(); length++) {
            Caller each = new Caller(SecretValue.of(TEXT));
            String said = "it is " + TEXT;
            int size = length;

            assertThatExceptionOfType(UpstreamException.class)
                    .isThrownBy(() -> each.takeInPieces(delta, said, size))
                    .matches(failure -> failure.category() == FailureCategory.STREAM_BROKEN);
            assertThat(each.text()).doesNotContain("sk-c");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "it is sk-canary-0123456789abcdeF, not that",
                "sk-sk-canary-sk-canary-0123456789sk-canary",
                "ask-canary-0123456789abcde",
                "sk-c"
            })
    void whatIsNotTheKeyArrivesAsItWasHoweverItIsCut(String text) {
        for (int length = 1; length <= text.length(); length++) {
            Caller each = new Caller(SecretValue.of(TEXT));

            each.takeInPieces(CONTENT, text, length);
            each.take("{}", "stop");

            assertThat(each.text()).isEqualTo(text);
            assertThat(each.watch.rest()).isNull();
        }
    }

    @Test
    void aTextIsHeldBackFromItsFourthCharacterOnAndGoesOnWithWhatFollows() {
        assertThat(caller.take(String.format(CONTENT, "ask-"), null)).contains("\"ask-\"");
        assertThat(caller.take(String.format(CONTENT, "can"), null)).contains("\"content\":\"\"");
        assertThat(caller.take(String.format(CONTENT, "dy bar"), null)).contains("\"candy bar\"");
    }

    @Test
    void whatWaitsIsInTheChunkThatEndsItsChoice() {
        caller.take(String.format(CONTENT, "see sk-canary"), null);

        assertThat(json(caller.take("{}", "stop")))
                .isEqualTo(json(chunk(0, "{\"content\":\"sk-canary\"}", "\"stop\"")));
    }

    @Test
    void whatWaitsWhereNoChoiceWasEndedIsOneChunkMore() {
        String call = "{\"tool_calls\":[{\"index\":2,\"function\":{\"arguments\":\"sk-canary\"}}]}";
        caller.take(call, null);

        assertThat(caller.watch.rest())
                .isEqualTo(json("{\"id\":\"c\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":" + call + "}]}"));
    }

    @Test
    void aThoughtIsWholeWhenItsSignatureComes() {
        String block =
                "{\"thinking_blocks\":[{\"index\":0,\"type\":\"thinking\",\"thinking\":\"%s\",\"signature\":\"%s\"}]}";
        assertThat(caller.take(String.format(block, "hm sk-canary", ""), null)).contains("\"hm \"");

        assertThat(caller.take(String.format(block, "", "c2ln"), null)).contains("\"sk-canary\"");
    }

    @Test
    void choicesAndFieldsAreNotMixedUp() {
        caller.takeInPieces(CONTENT, TEXT.substring(0, 20), 20);
        caller.pass(chunk(1, "{\"content\":\"" + TEXT.substring(20) + "\"}", "null"));
        caller.take("{\"refusal\":\"" + TEXT.substring(20) + "\"}", null);

        assertThatExceptionOfType(UpstreamException.class)
                .isThrownBy(() -> caller.take(String.format(CONTENT, TEXT.substring(20)), null));
    }

    @Test
    void aKeyThatGoesOnAfterTheEndOfItsChoiceIsNotCompletedEither() {
        caller.take(String.format(CONTENT, TEXT.substring(0, 20)), "stop");

        assertThatExceptionOfType(UpstreamException.class)
                .isThrownBy(() -> caller.take(String.format(CONTENT, TEXT.substring(20)), null));
    }

    @Test
    void theTokensOfAHeldTextAreHeldWithIt() {
        String chunk = "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"sk-canary\"},"
                + "\"logprobs\":{\"content\":[{\"token\":\"sk-canary\"}]}}]}";

        assertThat(caller.pass(chunk)).doesNotContain("canary").contains("\"logprobs\":null");
    }

    @Test
    void wordsAreNeverCut() {
        Caller of = new Caller(SecretValue.of("function-0123456789"));
        String call =
                "{\"role\":\"function\",\"tool_calls\":[{\"index\":0,\"id\":\"function\",\"type\":\"function\"}]}";

        assertThat(json(of.take(call, null))).isEqualTo(json(chunk(0, call, "null")));
    }

    @Test
    void aStreamOfMoreTextsThanAnAnswerHasIsNone() {
        assertThatExceptionOfType(UpstreamException.class).isThrownBy(() -> {
            for (int choice = 0; choice < 10_000; choice++) {
                caller.pass(chunk(choice, "{\"content\":\"s\"}", "null"));
            }
        });
    }

    @Test
    void aKeyThatIsAWordIsNotLookedFor() {
        Caller of = new Caller(SecretValue.of("ollama"));
        of.takeInPieces(CONTENT, "say ollama", 1);

        assertThat(of.text()).isEqualTo("say ollama");
    }

    private static String chunk(int choice, String delta, String reason) {
        return "{\"id\":\"c\",\"model\":\"m\",\"choices\":[{\"index\":" + choice + ",\"delta\":" + delta
                + ",\"finish_reason\":" + reason + "}]}";
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    /** Whoever puts together what comes through. */
    private static final class Caller {
        private final KeyWatch watch;
        private final StringBuilder text = new StringBuilder();

        Caller(SecretValue key) {
            this.watch = new KeyWatch(key);
        }

        String text() {
            return text.toString();
        }

        void takeInPieces(String delta, String said, int length) {
            for (int at = 0; at < said.length(); at += length) {
                take(String.format(delta, said.substring(at, Math.min(said.length(), at + length))), null);
            }
        }

        String take(String delta, @Nullable String reason) {
            return pass(chunk(0, delta, reason == null ? "null" : "\"" + reason + "\""));
        }

        String pass(String chunk) {
            JsonNode body = json(chunk);
            watch.pass(body);
            texts(body.path("choices").path(0).path("delta"));
            return body.toString();
        }

        private void texts(JsonNode node) {
            node.properties().stream()
                    .filter(field -> !field.getKey().equals("type"))
                    .forEach(field -> texts(field.getValue()));
            if (node.isArray()) {
                node.forEach(this::texts);
            }
            text.append(node.isString() ? node.stringValue() : "");
        }
    }
}
