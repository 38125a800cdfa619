package dev.chatelaine.gateway.money;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class AnswerCountTest {
    private static final String TEXT = "It is twelve degrees in Paris, and 暖かい in 東京 😀.";

    private final AnswerCount count = new AnswerCount();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | 0",
                "{\"role\":\"assistant\",\"content\":null,\"refusal\":null} | 0",
                "{\"content\":\"Twelve!!\"} | 2",
                "{\"content\":\"暖かい\"} | 3",
                "{\"content\":[{\"type\":\"text\",\"text\":\"Twelve!!\"},{\"type\":\"refusal\",\"refusal\":\"No!!\"}]} | 3",
                "{\"content\":[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\"Twelve!!\"}]}]} | 2",
                "{\"refusal\":\"No, never\"} | 3",
                "{\"content\":\"Twelve!!\",\"reasoning_content\":\"It is winter\"} | 5",
                "{\"content\":\"Twelve!!\",\"reasoning\":\"It is winter\"} | 5",
                "{\"reasoning_content\":\"It is winter\",\"reasoning\":\"It is winter\"} | 3",
                "{\"reasoning_content\":\"Winter!!\",\"thinking_blocks\":[{\"thinking\":\"Winter!!\"}]} | 2",
                "{\"tool_calls\":[{\"id\":\"t1\",\"type\":\"function\",\"function\":{\"name\":\"now_\",\"arguments\":\"{}  \"}}]} | 2",
                "{\"function_call\":{\"name\":\"now_\",\"arguments\":\"{}  \"}} | 2"
            })
    void allThatIsSaidIsCountedWhereNothingIsTold(String said, long completion) {
        count.take(json("{\"choices\":[{\"index\":0,\"message\":" + said + "}]}"));

        assertThat(count.usage(9)).isEqualTo(new Usage(9, 0, 0, completion));
        assertThat(count.isEstimated()).isTrue();
    }

    @Test
    void allChoicesCount() {
        count.take(json("""
                {"choices":[{"index":0,"message":{"content":"Twelve!!"}},{"index":1,"message":{"content":"Thirteen"}}]}"""));

        assertThat(count.usage(0).completion()).isEqualTo(4);
    }

    @Test
    void theCountDoesNotDependOnTheCutsOfAStream() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            AnswerCount streamed = new AnswerCount();
            for (int from = 0, to; from < TEXT.length(); from = to) {
                to = Math.min(TEXT.length(), from + 1 + random.nextInt(9));
                streamed.take(chunk(TEXT.substring(from, to)));
            }

            assertThat(streamed.usage(1).completion()).as("seed %d", seed).isEqualTo(TokenEstimate.likely(TEXT));
        }
    }

    @Test
    void whatIsToldIsTaken() {
        count.take(json("""
                {"choices":[{"message":{"content":"Twelve!!"}}],"usage":{"prompt_tokens":20,"completion_tokens":7,
                 "total_tokens":27,"prompt_tokens_details":{"cached_tokens":16}}}"""));

        assertThat(count.usage(9)).isEqualTo(new Usage(20, 16, 0, 7));
        assertThat(count.isEstimated()).isFalse();
    }

    @Test
    void theUsageOfAStreamIsTheOneThatWasToldLast() {
        count.take(json("{\"choices\":[{\"delta\":{\"content\":\"A\"}}],\"usage\":null}"));
        assertThat(count.isEstimated()).isTrue();
        count.take(json("{\"choices\":[],\"usage\":{\"prompt_tokens\":20,\"completion_tokens\":1}}"));
        count.take(json("{\"choices\":[],\"usage\":{\"prompt_tokens\":20,\"completion_tokens\":2}}"));
        count.take(json("{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}],\"usage\":null}"));

        assertThat(count.usage(9)).isEqualTo(new Usage(20, 0, 0, 2));
        assertThat(count.isEstimated()).isFalse();
    }

    @Test
    void anAnswerThatIsToldToBeNothingIsCounted() {
        count.take(json("{\"choices\":[],\"usage\":{\"prompt_tokens\":20,\"completion_tokens\":0}}"));
        assertThat(count.isEstimated()).isFalse();
        count.take(chunk("Twelve!!"));

        assertThat(count.usage(9)).isEqualTo(new Usage(20, 0, 0, 2));
        assertThat(count.isEstimated()).isTrue();
    }

    @Test
    void aPromptThatIsNotToldIsEstimated() {
        count.take(json("{\"choices\":[],\"usage\":{\"completion_tokens\":3}}"));

        assertThat(count.usage(9)).isEqualTo(new Usage(9, 0, 0, 3));
        assertThat(count.isEstimated()).isTrue();
    }

    @Test
    void embeddingsHaveAPromptAndNoMore() {
        count.take(json("""
                {"object":"list","data":[{"object":"embedding","index":0,"embedding":[0.1,0.2]}],"model":"m",
                 "usage":{"prompt_tokens":8,"total_tokens":8}}"""));

        assertThat(count.usage(9)).isEqualTo(new Usage(8, 0, 0, 0));
        assertThat(count.isEstimated()).isFalse();
    }

    @Test
    void embeddingsWithoutUsageAreAPromptAsEstimated() {
        count.take(json("{\"data\":[{\"embedding\":\"AAAA\"}]}"));

        assertThat(count.usage(9)).isEqualTo(new Usage(9, 0, 0, 0));
        assertThat(count.isEstimated()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "null",
                "[]",
                "7",
                "{\"choices\":7}",
                "{\"choices\":[7]}",
                "{\"choices\":[{\"delta\":[]}]}",
                "{\"usage\":[]}"
            })
    void whatIsNoAnswerCountsForNothing(String answer) {
        count.take(json(answer));

        assertThat(count.usage(9)).isEqualTo(new Usage(9, 0, 0, 0));
        assertThat(count.isEstimated()).isTrue();
    }

    @Test
    void numbersAreAllThatIsHeld() {
        assertThat(AnswerCount.class.getDeclaredFields())
                .filteredOn(field -> !field.isSynthetic())
                .extracting(Field::getType)
                .isNotEmpty()
                .allMatch(type -> type == long.class || type == Usage.class);
    }

    private static JsonNode chunk(String text) {
        ObjectNode chunk = JsonNodeFactory.instance.objectNode();
        chunk.putArray("choices").addObject().putObject("delta").put("content", text);
        return chunk;
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
