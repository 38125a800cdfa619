package dev.chatelaine.schemas;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The output schemas accept each shape of answer, and nothing beside. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnswersTest {

    record Answer(String tool, String what, JsonNode content) {
        @Override
        public String toString() {
            return tool + ", " + what;
        }
    }

    private final Map<String, Conformance> schemas = ToolSchemas.load().tools().stream()
            .collect(Collectors.toMap(ToolDefinition::name, tool -> Conformance.to(tool.outputSchema())));

    Stream<Answer> answers() {
        return schemas.keySet().stream()
                .sorted()
                .flatMap(tool -> Conformance.JSON.readTree(Resources.text(tool + ".answers.json")).properties().stream()
                        .map(entry -> new Answer(tool, entry.getKey(), entry.getValue())));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void eachShapeIsAccepted(Answer answer) {
        assertThat(problems(answer.tool(), answer.content())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("answers")
    void noAnswerMayHaveOneMistake(Answer answer) {
        assertThat(Spoiling.of(answer.content()))
                .isNotEmpty()
                .allSatisfy(spoilt -> assertThat(problems(answer.tool(), spoilt.answer()))
                        .as(spoilt.mistake())
                        .isNotEmpty());
    }

    @ParameterizedTest
    @MethodSource("answers")
    void anErrorStandsAlone(Answer answer) {
        ObjectNode both = (ObjectNode) answer.content().deepCopy();
        both.putObject("error").put("code", "conflict").put("message", "Try again.");
        if (both.size() > 1) {
            assertThat(problems(answer.tool(), both)).isNotEmpty();
        }
        both.remove("action");
        if (both.size() > 1) {
            assertThat(problems(answer.tool(), both)).isNotEmpty();
        }
    }

    @Test
    void everyActionHasAnExample() {
        for (ToolDefinition tool : ToolSchemas.load().tools()) {
            List<String> shown = answers()
                    .filter(answer -> answer.tool().equals(tool.name()))
                    .map(answer -> answer.content().path("action").asString(""))
                    .toList();
            assertThat(shown)
                    .containsAll(tool.actions().stream().map(ToolAction::name).toList());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "manage_secrets | verify: valid | /status | \"revoked\"",
                "manage_secrets | create | /action | \"reveal\"",
                "manage_secrets | create | /action | \"list\"",
                "manage_secrets | delete | /action | \"restore\"",
                "manage_secrets | create | /action | \"delete\"",
                "manage_secrets | create | /secret/id | \"cfg_01HZX3\"",
                "manage_secrets | create | /secret/hint | \"12345\"",
                "manage_secrets | create | /secret/created_at | \"yesterday\"",
                "manage_secrets | create | /secret/category | \"llm_provider\"",
                "manage_secrets | get | /secret/category | \"api_key\"",
                "manage_secrets | error: least | /error/code | \"oops\"",
                "configure_llm | verify: valid | /status | \"ok\"",
                "configure_llm | create | /configuration/has_key | true",
                "configure_llm | set_key | /configuration/has_key | false",
                "configure_llm | set_default | /configuration/is_default | false",
                "configure_llm | delete | /deleted | false",
                "configure_llm | list | /in_effect/reason | \"newest\"",
                "list_byok_providers | providers | /details/0/source | \"none\"",
                "list_byok_providers | providers | /details/2/source | \"secret\"",
                "list_byok_providers | providers | /details/0/provider | \"custom\"",
                "list_byok_providers | providers | /details/0/status | \"none\"",
                "list_byok_providers | providers | /providers/custom | true"
            })
    void wrongValuesAreRefused(String tool, String what, String pointer, String value) {
        ObjectNode answer = (ObjectNode) answers()
                .filter(it -> it.tool().equals(tool) && it.what().equals(what))
                .findFirst()
                .orElseThrow()
                .content()
                .deepCopy();
        int last = pointer.lastIndexOf('/');
        ((ObjectNode) answer.at(pointer.substring(0, last)))
                .set(pointer.substring(last + 1), Conformance.JSON.readTree(value));

        assertThat(problems(tool, answer)).isNotEmpty();
    }

    private List<String> problems(String tool, JsonNode content) {
        return requireNonNull(schemas.get(tool)).problems(content);
    }
}
