package dev.chatelaine.gateway.fake;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.chatelaine.gateway.anthropic.MessagesRequest;
import dev.chatelaine.gateway.quirk.FittedRequest;
import dev.chatelaine.vault.provider.Catalog;
import dev.chatelaine.vault.provider.Model;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** No effort makes a request to one of Anthropic's models one that its API would refuse. */
class EffortOfEveryModelTest {
    private static final List<String> EFFORTS = List.of("none", "minimal", "low", "medium", "high", "xhigh", "max");
    private static final String TOOLS = "\"tools\":[{\"function\":{\"name\":\"a\"}}]";
    private static final String USED = ",{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c\",\"function\":"
            + "{\"name\":\"a\",\"arguments\":\"{}\"}}]},{\"role\":\"tool\",\"tool_call_id\":\"c\",\"content\":\"x\"}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",\"max_tokens\":1",
                ",\"max_tokens\":2047",
                ",\"max_tokens\":2048",
                ",\"temperature\":1",
                ",\"temperature\":0.5",
                ",\"top_p\":0.5",
                ",\"top_k\":4",
                ",\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"schema\":"
                        + "{\"type\":\"object\",\"additionalProperties\":false}}}",
                "," + TOOLS + ",\"tool_choice\":\"auto\"",
                "," + TOOLS + ",\"tool_choice\":\"required\"",
                "," + TOOLS + ",\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"a\"}}"
            })
    void isOneThatItsApiTakes(String more) {
        taken("", more);
        taken(USED, "," + TOOLS + (more.contains("tools") ? "" : more));
    }

    private static void taken(String turns, String more) {
        Catalog.builtIn().models().stream()
                .filter(model -> model.provider().toString().equals("anthropic"))
                .forEach(model -> EFFORTS.forEach(effort -> taken(model, turns, more, effort)));
    }

    private static void taken(Model model, String turns, String more, String effort) {
        ObjectNode request = (ObjectNode) Json.parse("{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}" + turns
                        + "],\"reasoning_effort\":\"" + effort + "\"" + more + "}")
                .orElseThrow();
        Long longest = model.maxOutput();

        ObjectNode fitted = FittedRequest.of(request, model.quirks()).body();
        ObjectNode body = MessagesRequest.of(fitted, model.name(), longest == null ? 4_096 : longest, model.reasoning())
                .body();

        assertThatCode(() -> MessagesCheck.check(body)).as(body.toString()).doesNotThrowAnyException();
    }
}
