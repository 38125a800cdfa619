package dev.chatelaine.gateway.money;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.vault.provider.Model;
import dev.chatelaine.vault.provider.ProviderId;
import dev.chatelaine.vault.provider.Tier;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

class TokenEstimateTest {
    private static final Model MODEL = new Model(new ProviderId("openai"), "m", Tier.PREMIUM, 1_000L, 100L, null);

    @Test
    void aPromptHasNoMoreTokensThanBytes() {
        for (long seed = 0; seed < 1_000; seed++) {
            String text = text(new Random(seed));

            assertThat(TokenEstimate.promptAtMost(request(text), null))
                    .as("seed %d", seed)
                    .isGreaterThanOrEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
        }
    }

    @Test
    void aPromptIsNoLongerThanTheContext() {
        assertThat(TokenEstimate.promptAtMost(request("a".repeat(5_000)), MODEL))
                .isEqualTo(1_000);
    }

    @Test
    void anImageCountsByNumberAndNotBySize() {
        JsonNode request = json("{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":"
                + "{\"url\":\"data:image/png;base64," + "A".repeat(1_000_000) + "\"}}]}]}");

        assertThat(TokenEstimate.promptAtMost(request, null)).isBetween(5_000L, 6_000L);
    }

    @Test
    void toolsCountForMoreThanTheirWords() {
        JsonNode without = json("{\"messages\":[]}");
        JsonNode with = json("{\"messages\":[],\"tools\":[{}]}");

        assertThat(TokenEstimate.promptAtMost(with, null) - TokenEstimate.promptAtMost(without, null))
                .isGreaterThan(1_000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | 100",
                "{\"max_tokens\":7} | 7",
                "{\"max_completion_tokens\":8} | 8",
                "{\"max_tokens\":7,\"max_completion_tokens\":8} | 8",
                "{\"max_tokens\":1000000000000} | 100",
                "{\"max_tokens\":-1} | 100",
                "{\"max_tokens\":\"7\"} | 100",
                "{\"max_tokens\":7,\"n\":3} | 21",
                "{\"n\":-5} | 100"
            })
    void theAnswerIsAsLongAsWasAskedOrAsTheModelCan(String request, long most) {
        assertThat(TokenEstimate.completionAtMost(json(request), MODEL)).hasValue(most);
    }

    @Test
    void withoutAnyLimitNothingIsKnown() {
        assertThat(TokenEstimate.completionAtMost(json("{}"), null)).isEmpty();
        assertThat(TokenEstimate.completionAtMost(json("{\"max_tokens\":9}"), null))
                .hasValue(9);
    }

    @Test
    void likelyTokensAreAQuarterOfAsciiAndOneOfOthers() {
        assertThat(TokenEstimate.likely("")).isZero();
        assertThat(TokenEstimate.likely("hello")).isEqualTo(2);
        assertThat(TokenEstimate.likely("日本")).isEqualTo(2);
    }

    /** A text of characters of every length in bytes, halves of pairs among them. */
    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(256); left > 0; left--) {
            switch (random.nextInt(4)) {
                case 0 -> text.append((char) random.nextInt(0x80));
                case 1 -> text.append((char) random.nextInt(0x800));
                case 2 -> text.append((char) random.nextInt(0x10000));
                default -> text.appendCodePoint(random.nextInt(Character.MAX_CODE_POINT + 1));
            }
        }
        return text.toString();
    }

    private static JsonNode request(String text) {
        return JsonNodeFactory.instance.objectNode().put("content", text);
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
