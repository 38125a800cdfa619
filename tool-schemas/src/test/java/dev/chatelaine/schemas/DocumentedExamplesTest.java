package dev.chatelaine.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The page that explains the tools shows calls and answers in turn, and each conforms to its schema. */
class DocumentedExamplesTest {

    private static final Pattern BLOCK = Pattern.compile("```json\n(.*?)\n```", Pattern.DOTALL);

    private final ToolSchemas schemas = ToolSchemas.load();

    @Test
    void eachCallIsOneThatTheToolTakesAndEachAnswerOneThatItGives() throws IOException {
        List<JsonNode> blocks = BLOCK.matcher(page())
                .results()
                .map((MatchResult block) -> Conformance.JSON.readTree(block.group(1)))
                .toList();

        assertThat(blocks.size()).isPositive().isEven();
        for (int i = 0; i < blocks.size(); i += 2) {
            JsonNode call = blocks.get(i);
            ToolDefinition tool = schemas.tool(call.path("name").asString()).orElseThrow();
            assertThat(Conformance.to(tool.inputSchema()).problems(call.path("arguments")))
                    .as(call.toString())
                    .isEmpty();
            assertThat(Conformance.to(tool.outputSchema()).problems(blocks.get(i + 1)))
                    .as(call.toString())
                    .isEmpty();
        }
    }

    @Test
    void everyActionAndEveryErrorCodeIsExplained() throws IOException {
        String page = page();
        for (ToolDefinition tool : schemas.tools()) {
            var error = Json.object(Json.object(tool.outputSchema(), "$defs"), "error");
            assertThat(Json.strings(Json.object(Json.object(error, "properties"), "code"), "enum"))
                    .allSatisfy(code -> assertThat(page).contains("| `" + code + "` |"));
            assertThat(tool.actions()).allSatisfy(action -> assertThat(page).contains("| `" + action.name() + "` |"));
        }
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("..", "docs", "tools.md"));
    }
}
