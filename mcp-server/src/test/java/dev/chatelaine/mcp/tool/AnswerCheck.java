package dev.chatelaine.mcp.tool;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import dev.chatelaine.mcp.tool.ToolOutcome.Done;
import dev.chatelaine.mcp.tool.ToolOutcome.Failed;
import dev.chatelaine.schemas.ToolDefinition;
import dev.chatelaine.schemas.ToolSchemas;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What every answer owes: structured content that an independent validator finds to conform, text with the same facts,
 * and no value in either.
 */
final class AnswerCheck {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

    /** The assistant knows what it called; a warning's message says what its code says. */
    private static final Set<String> NOT_IN_TEXT = Set.of("/action", "/warnings/code");

    private final Map<String, Schema> schemas = ToolSchemas.load().tools().stream()
            .collect(Collectors.toMap(
                    ToolDefinition::name, tool -> REGISTRY.getSchema(JSON.valueToTree(tool.outputSchema()))));

    private final List<String> values;

    AnswerCheck(String... values) {
        this.values = List.of(values);
    }

    void check(String tool, ToolOutcome answer) {
        if (answer instanceof Done done) {
            assertThat(done.structured()).doesNotContainKey("error");
            check(tool, done.structured(), done.text());
        } else if (answer instanceof Failed failed) {
            assertThat(failed.structured()).containsOnlyKeys("error");
            check(tool, failed.structured(), failed.text());
        } else {
            throw new AssertionError("an entry is no answer yet");
        }
    }

    private void check(String tool, Map<String, @Nullable Object> structured, String text) {
        JsonNode content = JSON.valueToTree(structured);
        assertThat(requireNonNull(schemas.get(tool)).validate(content))
                .as(content.toString())
                .isEmpty();
        String unquoted = text.replace("\\\"", "\"").replace("\\\\", "\\");
        assertThat(facts("", content)).allSatisfy(fact -> assertThat(unquoted).contains(fact));
        for (String value : values) {
            assertThat(content.toString()).doesNotContain(value);
            assertThat(text).doesNotContain(value);
        }
    }

    /** All texts and numbers in it, except empty ones. */
    private static List<String> facts(String path, JsonNode node) {
        List<String> facts = new ArrayList<>();
        node.properties().forEach(entry -> facts.addAll(facts(path + "/" + entry.getKey(), entry.getValue())));
        if (node.isArray()) {
            node.forEach(element -> facts.addAll(facts(path, element)));
        }
        boolean fact = node.isNumber() || (node.isString() && !node.asString().isEmpty());
        if (fact && !NOT_IN_TEXT.contains(path)) {
            facts.add(node.asString().replaceAll("\\p{Cntrl}", " "));
        }
        return facts;
    }
}
