package dev.chatelaine.gateway.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.chatelaine.gateway.GatewayError;
import dev.chatelaine.gateway.GatewayException;
import dev.chatelaine.vault.provider.Reasoning;
import dev.chatelaine.vault.provider.Reasoning.Asked;
import dev.chatelaine.vault.provider.Reasoning.Effort;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ReasoningEffortTest {
    private static final Set<Effort> ALL = EnumSet.range(Effort.LOW, Effort.MAX);
    private static final Reasoning ALWAYS = new Reasoning(ALL, null, null);
    private static final Reasoning BY_ITSELF = new Reasoning(ALL, null, "disabled");
    private static final Reasoning ADAPTIVE = new Reasoning(EnumSet.of(Effort.LOW, Effort.HIGH), Asked.ADAPTIVE, null);
    private static final Reasoning BUDGET = new Reasoning(Set.of(), Asked.BUDGET, null);

    @ParameterizedTest
    @CsvSource({
        "low, low, true",
        "medium, medium, true",
        "high, high, true",
        "xhigh, xhigh, true",
        "max, max, true",
        "minimal, low, false",
        "none, low, false"
    })
    void aModelThatAlwaysThinksIsToldItsEffort(String effort, String told, boolean exact) {
        MessagesRequest request = map(effort, "", ALWAYS);

        assertThat(request.body().path("output_config")).isEqualTo(json("{\"effort\":\"" + told + "\"}"));
        assertThat(request.body().has("thinking")).isFalse();
        assertThat(request.changed().isEmpty()).isEqualTo(exact);
    }

    @Test
    void oneThatCanDoWithoutDoesWithout() {
        MessagesRequest request = map("none", "", BY_ITSELF);

        assertThat(request.body().path("thinking")).isEqualTo(json("{\"type\":\"disabled\"}"));
        assertThat(request.body().has("output_config")).isFalse();
        assertThat(request.changed()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"low, low, true", "medium, low, false", "high, high, true", "xhigh, high, false"})
    void oneThatThinksWhenItIsAskedToIsAsked(String effort, String told, boolean exact) {
        MessagesRequest request = map(effort, "", ADAPTIVE);

        assertThat(request.body().path("thinking")).isEqualTo(json("{\"type\":\"adaptive\"}"));
        assertThat(request.body().path("output_config").path("effort").asString())
                .isEqualTo(told);
        assertThat(request.changed().isEmpty()).isEqualTo(exact);
    }

    @ParameterizedTest
    @CsvSource({
        "minimal, 64000, 1024",
        "low, 64000, 1024",
        "medium, 64000, 4096",
        "high, 64000, 16384",
        "xhigh, 64000, 32000",
        "max, 100000, 32768",
        "high, 5000, 2500",
        "high, 2048, 1024"
    })
    void aBudgetLeavesHalfOfTheTokensToTheAnswerAndTheirNumberStays(String effort, long most, long budget) {
        MessagesRequest request = map(effort, ",\"max_tokens\":" + most, BUDGET);

        assertThat(json(request.body().path("thinking").toString()))
                .isEqualTo(json("{\"type\":\"enabled\",\"budget_tokens\":" + budget + "}"));
        assertThat(request.body().path("max_tokens").asLong()).isEqualTo(most);
        assertThat(request.changed()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",\"max_tokens\":2047",
                ",\"temperature\":0.5",
                ",\"top_k\":4",
                ",\"top_p\":0.5",
                ",\"tools\":[{\"function\":{\"name\":\"a\"}}],\"tool_choice\":\"required\"",
                ",\"tools\":[{\"function\":{\"name\":\"a\"}}],\"tool_choice\":"
                        + "{\"type\":\"function\",\"function\":{\"name\":\"a\"}}"
            })
    void whatDoesNotGoTogetherWithThinkingIsAskedWithout(String more) {
        MessagesRequest request = map("high", more, BUDGET);

        assertThat(request.body().has("thinking")).isFalse();
        assertThat(request.changed()).containsExactly("reasoning_effort");
    }

    @Test
    void aTurnThatBeganWithoutAThoughtGoesOnWithout() {
        String call = "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c\",\"function\":{\"name\":\"a\"}}]%s},"
                + "{\"role\":\"tool\",\"tool_call_id\":\"c\",\"content\":\"x\"}";
        String blocks = ",\"thinking_blocks\":[{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"c2ln\"}]";
        String later = ",{\"role\":\"assistant\",\"content\":\"y\"},{\"role\":\"user\",\"content\":\"z\"}";

        assertThat(thinks(String.format(call, ""), BUDGET)).isFalse();
        assertThat(thinks(String.format(call, ""), ADAPTIVE)).isTrue();
        assertThat(thinks(String.format(call, blocks), BUDGET)).isTrue();
        assertThat(thinks(String.format(call, "") + later, BUDGET)).isTrue();
        assertThat(thinks("{\"role\":\"assistant\",\"content\":\"It\"}", BUDGET))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {",\"thinking\":{\"type\":\"adaptive\"}", ",\"output_config\":{\"effort\":\"max\"}"})
    void whoeverSaysItInAnthropicsWordsIsTakenAtThose(String own) {
        MessagesRequest request = map("low", own, BY_ITSELF);

        JsonNode said = json("{" + own.substring(1) + "}");
        assertThat(request.body().path("thinking")).isEqualTo(said.path("thinking"));
        assertThat(request.body().path("output_config")).isEqualTo(said.path("output_config"));
        assertThat(request.changed()).containsExactly("reasoning_effort");
    }

    @Test
    void aSchemaForTheAnswerStays() {
        JsonNode config = map(
                        "low",
                        ",\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"schema\":{\"type\":\"object\"}}}",
                        ALWAYS)
                .body()
                .path("output_config");

        assertThat(config.path("effort").asString()).isEqualTo("low");
        assertThat(config.path("format").path("type").asString()).isEqualTo("json_schema");
    }

    @Test
    void noneNeedsNoWordWhereNobodyAskedToThink() {
        assertThat(map("none", "", BUDGET).changed()).isEmpty();
        assertThat(map("none", "", ADAPTIVE).body().has("output_config")).isFalse();
    }

    @Test
    void ofAModelThatIsNotKnownItIsLeftOutAndTold() {
        assertThat(map("low", "", null).changed()).containsExactly("reasoning_effort");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "true", "[]", "{\"effort\":\"low\"}", "\"\"", "\"Low\"", "\"much\""})
    void whatIsNoEffortIsRefused(String wrong) {
        assertThatExceptionOfType(GatewayException.class)
                .isThrownBy(() -> request(wrong, "", "", BUDGET))
                .satisfies(e -> assertThat(e.error()).isEqualTo(GatewayError.INVALID_REQUEST))
                .satisfies(e -> assertThat(e.field()).isEqualTo("reasoning_effort"));
    }

    private static boolean thinks(String turns, Reasoning reasoning) {
        return request("\"high\"", "," + turns, "", reasoning).body().has("thinking");
    }

    private static MessagesRequest map(String effort, String more, @Nullable Reasoning reasoning) {
        return request("\"" + effort + "\"", "", more, reasoning);
    }

    private static MessagesRequest request(String effort, String turns, String more, @Nullable Reasoning reasoning) {
        ObjectNode request = (ObjectNode) json("{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}" + turns
                + "],\"reasoning_effort\":" + effort + more + "}");
        JsonNode before = request.deepCopy();
        MessagesRequest mapped = MessagesRequest.of(request, "claude", 64_000, reasoning);
        assertThat(request).isEqualTo(before);
        return mapped;
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
