package dev.chatelaine.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ToolSchemasTest {

    private final ToolSchemas complete = ToolSchemas.load();
    private final ToolSchemas readOnly = ToolSchemas.load(true);

    @Test
    void toolsAreSortedByNameAndTheSameEachTime() {
        List<String> names = List.of("configure_llm", "list_byok_providers", "manage_secrets");
        assertThat(complete.tools()).extracting(ToolDefinition::name).isEqualTo(names);
        assertThat(readOnly.tools()).extracting(ToolDefinition::name).isEqualTo(names);
        assertThat(Conformance.JSON.writeValueAsString(complete))
                .isEqualTo(Conformance.JSON.writeValueAsString(ToolSchemas.load()));
    }

    @Test
    void schemasHoldWhatTheFilesHoldInTheirOrder() {
        for (ToolDefinition tool : complete.tools()) {
            assertThat(Conformance.JSON.writeValueAsString(tool.inputSchema()))
                    .isEqualTo(compact(tool.name() + ".input.json"));
            assertThat(Conformance.JSON.writeValueAsString(tool.outputSchema()))
                    .isEqualTo(compact(tool.name() + ".output.json"));
        }
    }

    @Test
    void nothingCanBeChangedAfterLoading() {
        Map<String, Object> schema =
                complete.tool("manage_secrets").orElseThrow().inputSchema();
        Map<String, Object> properties = Json.object(schema, "properties");

        assertThatThrownBy(() -> schema.put("type", "string")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> properties.remove("name")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aToolIsFoundByItsName() {
        assertThat(complete.tool("manage_secrets"))
                .hasValueSatisfying(tool -> assertThat(tool.title()).isEqualTo("Manage secrets"));
        assertThat(complete.tool("reveal_secrets")).isEmpty();
    }

    @Test
    void annotationsSayWhatEachToolMayDo() {
        ToolAnnotations changes = new ToolAnnotations(false, true, false, true);
        ToolAnnotations looks = new ToolAnnotations(true, false, true, false);

        assertThat(complete.tools()).extracting(ToolDefinition::annotations).containsExactly(changes, looks, changes);
        assertThat(readOnly.tools()).extracting(ToolDefinition::annotations).containsOnly(looks);
    }

    @Test
    void aReadOnlyServerHasNoMutatingAction() {
        assertThat(readOnly.tools()).flatExtracting(ToolDefinition::actions).noneMatch(ToolAction::mutating);
        assertThat(actions(readOnly, "manage_secrets")).containsExactly("get", "list", "history");
        assertThat(actions(readOnly, "configure_llm")).containsExactly("list", "get");
    }

    @Test
    void aReadOnlyServerTakesNoArgumentThatOnlyAMutatingActionUses() {
        assertThat(properties(readOnly, "manage_secrets"))
                .containsExactlyInAnyOrder("action", "name", "category", "query", "include_deleted", "limit", "cursor");
        assertThat(properties(readOnly, "configure_llm")).containsExactlyInAnyOrder("action", "name");
    }

    @Test
    void aReadOnlyServersTextsSpeakOfNothingItCannotDo() {
        for (ToolDefinition tool : readOnly.tools()) {
            String shown = Conformance.JSON.writeValueAsString(Set.of(tool.description(), tool.inputSchema()));
            assertThat(shown)
                    .doesNotContainPattern("\\b(create|update|delete|restore|rollback|verify|set_key|remove_key)\\b")
                    .doesNotContain("set_default", "api_key:");
        }
        assertThat(readOnly.instructions()).contains("read-only");
    }

    @Test
    void aReadOnlyServersAnswersAreStillStrict() {
        Conformance conformance =
                Conformance.to(readOnly.tool("manage_secrets").orElseThrow().outputSchema());

        assertThat(conformance.problems("{\"action\":\"list\",\"secrets\":[]}")).isEmpty();
        assertThat(conformance.problems("{\"error\":{\"code\":\"read_only\",\"message\":\"m\"}}"))
                .isEmpty();
        assertThat(conformance.problems("{\"action\":\"list\"}")).isNotEmpty();
        assertThat(conformance.problems("{\"action\":\"get\",\"secrets\":[]}")).isNotEmpty();
        assertThat(
                        conformance.problems(
                                "{\"action\":\"create\",\"entry\":{\"url\":\"http://127.0.0.1:1/e\",\"expires_at\":\"2026-11-22T09:30:00Z\"}}"))
                .isNotEmpty();
    }

    @Test
    void instructionsForbidAskingForAValueAndFitEveryHost() {
        assertThat(complete.instructions())
                .contains("Never ask a person for a secret value")
                .contains("Leave `value` (and `api_key`) out")
                .hasSizeLessThanOrEqualTo(2048);
        assertThat(readOnly.instructions())
                .contains("Never ask a person for a secret value")
                .hasSizeLessThanOrEqualTo(2048);
    }

    private static List<String> actions(ToolSchemas schemas, String tool) {
        return schemas.tool(tool).orElseThrow().actions().stream()
                .map(ToolAction::name)
                .toList();
    }

    private static Set<String> properties(ToolSchemas schemas, String tool) {
        return Json.object(schemas.tool(tool).orElseThrow().inputSchema(), "properties")
                .keySet();
    }

    private static String compact(String file) {
        return Conformance.JSON.readTree(Resources.text(file)).toString();
    }
}
