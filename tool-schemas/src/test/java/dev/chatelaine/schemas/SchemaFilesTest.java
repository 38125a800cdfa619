package dev.chatelaine.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must be true of every tool's files, of those for a read-only server too. */
class SchemaFilesTest {

    private static final Set<String> CODES = Set.of(
            "invalid_action",
            "invalid_name",
            "invalid_value",
            "invalid_field",
            "value_required",
            "value_too_large",
            "value_is_mask",
            "value_in_wrong_field",
            "inline_value_denied",
            "invalid_provider_key",
            "byok_not_on_plan",
            "secret_exists",
            "secret_not_found",
            "version_not_found",
            "config_exists",
            "config_not_found",
            "base_url_required",
            "base_url_refused",
            "provider_unknown",
            "permission_denied",
            "read_only",
            "entry_declined",
            "entry_expired",
            "conflict",
            "integrity_failed",
            "vault_unavailable");

    static Stream<ToolDefinition> tools() {
        return Stream.of(false, true).flatMap(readOnly -> ToolSchemas.load(readOnly).tools().stream());
    }

    @ParameterizedTest
    @MethodSource("tools")
    void bothSchemasAreValidAgainstTheMetaschemaTheyName(ToolDefinition tool) {
        for (Map<String, Object> schema : List.of(tool.inputSchema(), tool.outputSchema())) {
            assertThat(schema).containsEntry("$schema", "https://json-schema.org/draft/2020-12/schema");
            assertThat(Conformance.toMetaschema().problems(Conformance.JSON.valueToTree(schema)))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("tools")
    void inputIsAFlatClosedObject(ToolDefinition tool) {
        assertThat(tool.inputSchema())
                .containsEntry("type", "object")
                .containsEntry("additionalProperties", false)
                .containsKey("properties")
                .doesNotContainKeys("oneOf", "anyOf", "allOf", "not", "if", "$ref", "$defs");
    }

    @ParameterizedTest
    @MethodSource("tools")
    void outputIsAClosedObjectWhosePropertiesAreAllObjects(ToolDefinition tool) {
        assertThat(tool.outputSchema()).containsEntry("type", "object").containsEntry("additionalProperties", false);
        assertThat(Json.object(tool.outputSchema(), "properties").values()).allMatch(Map.class::isInstance);
    }

    @ParameterizedTest
    @MethodSource("tools")
    void everyCodeOfTheContractIsAnErrorAndNoOther(ToolDefinition tool) {
        Map<String, Object> error = Json.object(Json.object(tool.outputSchema(), "$defs"), "error");
        Map<String, Object> code = Json.object(Json.object(error, "properties"), "code");

        assertThat(Json.strings(code, "enum")).doesNotHaveDuplicates().hasSameElementsAs(CODES);
    }

    @ParameterizedTest
    @MethodSource("tools")
    void schemasKnowExactlyTheDeclaredActionsAndTheirProperties(ToolDefinition tool) {
        List<String> actions = tool.actions().stream().map(ToolAction::name).toList();
        Set<String> properties = new LinkedHashSet<>();
        if (!actions.isEmpty()) {
            properties.add("action");
            assertThat(actionsOf(tool.inputSchema())).isEqualTo(actions);
            assertThat(actionsOf(tool.outputSchema())).isEqualTo(actions);
            assertThat(Json.strings(tool.inputSchema(), "required")).containsExactly("action");
        }
        tool.actions().forEach(action -> properties.addAll(action.properties()));

        assertThat(Json.object(tool.inputSchema(), "properties").keySet()).isEqualTo(properties);
    }

    @ParameterizedTest
    @MethodSource("tools")
    void textsAreThereAndShortEnoughForEveryHost(ToolDefinition tool) {
        assertThat(tool.title()).isNotBlank().hasSizeLessThanOrEqualTo(64);
        assertThat(tool.description()).isNotBlank().hasSizeLessThanOrEqualTo(1024);
        assertThat(Json.object(tool.inputSchema(), "properties").values())
                .allSatisfy(property -> assertThat(Json.string(Json.asObject(property), "description"))
                        .isNotBlank()
                        .hasSizeLessThanOrEqualTo(1024));
    }

    private static List<String> actionsOf(Map<String, Object> schema) {
        return Json.strings(Json.object(Json.object(schema, "properties"), "action"), "enum");
    }
}
