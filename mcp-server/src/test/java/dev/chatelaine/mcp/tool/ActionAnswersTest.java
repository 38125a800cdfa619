package dev.chatelaine.mcp.tool;

import static dev.chatelaine.mcp.tool.Bench.LLM;
import static dev.chatelaine.mcp.tool.Bench.OPENAI_KEY;
import static dev.chatelaine.mcp.tool.Bench.OTHER_VALUE;
import static dev.chatelaine.mcp.tool.Bench.SECRETS;
import static dev.chatelaine.mcp.tool.Bench.VALUE;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.mcp.tool.ToolOutcome.Done;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the actions answer, beyond that it conforms. */
class ActionAnswersTest {
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");

    @TempDir
    Path folder;

    private Bench bench;

    @BeforeEach
    void open() {
        bench = new Bench(folder);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void aStoredSecretIsTold() {
        Done done = bench.done(
                SECRETS, "action", "create", "name", "stripe", "value", VALUE, "description", "Line\n\"two\"");

        assertThat(secret(done))
                .containsEntry("name", "stripe")
                .containsEntry("category", "api_key")
                .containsEntry("description", "Line\n\"two\"")
                .containsEntry("hint", "Zx41")
                .containsEntry("version", 1L)
                .containsEntry("last_used_at", null)
                .doesNotContainKeys("provider", "deleted_at", "purge_at");
        assertThat(secret(done).get("created_at")).asString().matches(TIME);
        assertThat(done.text()).startsWith("Stored \"stripe\" (version 1, ends in …Zx41)");
        assertThat(done.text()).contains("\"Line \\\"two\\\"\"");
    }

    @Test
    void aValueTooShortForAHintShowsNone() {
        Done done = bench.done(SECRETS, "action", "create", "name", "pin", "value", "0000-1");

        assertThat(secret(done)).containsEntry("hint", null);
        assertThat(done.text()).contains("no hint").doesNotContain("0000");
    }

    @Test
    void aValueFromTheAssistantIsWarnedOfAndNothingElseIs() {
        Done created = bench.done(SECRETS, "action", "create", "name", "a", "value", VALUE);
        Done updated = bench.done(SECRETS, "action", "update", "name", "a", "value", OTHER_VALUE);
        Done described = bench.done(SECRETS, "action", "update", "name", "a", "description", "for tests");

        assertThat(warnings(created)).containsExactly("value_seen_by_assistant");
        assertThat(warnings(updated)).containsExactly("value_seen_by_assistant");
        assertThat(created.text()).contains("rotate").contains("chatelaine secret set a");
        assertThat(described.structured()).doesNotContainKey("warnings");
        assertThat(described.text()).doesNotContain("Warning");
        assertThat(secret(described)).containsEntry("version", 2L).containsEntry("description", "for tests");
    }

    @Test
    void listsArePagedInOrder() {
        bench.with(SECRETS, "action", "create", "name", "b", "value", VALUE)
                .with(SECRETS, "action", "create", "name", "a", "value", VALUE);

        Done first = bench.done(SECRETS, "action", "list", "limit", 1);
        Done last = bench.done(
                SECRETS,
                "action",
                "list",
                "limit",
                1.0,
                "cursor",
                requireNonNull(first.structured().get("next_cursor")));

        assertThat(names(first)).containsExactly("a");
        assertThat(names(last)).containsExactly("b");
        assertThat(last.structured()).doesNotContainKey("next_cursor");
    }

    @Test
    void listsAreFiltered() {
        bench.with(SECRETS, "action", "create", "name", "db", "value", VALUE, "category", "database")
                .with(SECRETS, "action", "create", "name", "gone", "value", VALUE)
                .with(SECRETS, "action", "delete", "name", "gone");

        assertThat(names(bench.done(SECRETS, "action", "list"))).containsExactly("db");
        assertThat(names(bench.done(SECRETS, "action", "list", "include_deleted", true)))
                .containsExactly("db", "gone");
        assertThat(names(bench.done(SECRETS, "action", "list", "category", "custom")))
                .isEmpty();
        assertThat(names(bench.done(SECRETS, "action", "list", "query", "DB"))).containsExactly("db");
    }

    @Test
    void historyIsToldUnderTheNameThatTheSecretHas() {
        bench.with(SECRETS, "action", "create", "name", "provider_key_gemini", "value", "AIzaCanaryCanaryCanary42");

        Done history = bench.done(SECRETS, "action", "history", "name", "provider_key_gemini");

        assertThat(history.structured()).containsEntry("name", "provider_key_google");
    }

    @Test
    void aKeyThatLosesItsRecipientIsWarnedOf() {
        bench.with(LLM, "action", "create", "name", "main", "provider", "openai", "model", "m")
                .with(LLM, "action", "set_key", "name", "main", "api_key", OPENAI_KEY);

        Done renamed = bench.done(LLM, "action", "update", "name", "main", "new_name", "chat");
        Done moved = bench.done(LLM, "action", "update", "name", "chat", "provider", "mistral");

        assertThat(renamed.structured()).doesNotContainKey("warnings");
        assertThat(warnings(moved)).containsExactly("key_detached");
        assertThat(configuration(moved)).containsEntry("has_key", false).containsEntry("key_status", "none");
    }

    @Test
    void theConfigurationInEffectIsTold() {
        assertThat(bench.done(LLM, "action", "list").structured()).containsEntry("in_effect", null);

        bench.with(LLM, "action", "create", "name", "a", "provider", "openai", "model", "m")
                .with(LLM, "action", "create", "name", "b", "provider", "groq", "model", "m");
        assertThat(bench.done(LLM, "action", "get", "name", "a").structured())
                .containsEntry("in_effect", Map.of("name", "b", "reason", "most_recent"));

        bench.with(LLM, "action", "set_default", "name", "a");
        assertThat(bench.done(LLM, "action", "list").structured())
                .containsEntry("in_effect", Map.of("name", "a", "reason", "explicit"));
    }

    @Test
    void answersCannotBeChanged() {
        Done done = bench.done(SECRETS, "action", "list");

        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> done.structured().put("a", "b"))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    private static Map<String, @Nullable Object> secret(Done done) {
        return object(done.structured().get("secret"));
    }

    private static Map<String, @Nullable Object> configuration(Done done) {
        return object(done.structured().get("configuration"));
    }

    private static List<@Nullable Object> names(Done done) {
        return objects(done, "secrets").stream()
                .map(secret -> secret.get("name"))
                .toList();
    }

    private static List<@Nullable Object> warnings(Done done) {
        return objects(done, "warnings").stream()
                .map(warning -> warning.get("code"))
                .toList();
    }

    private static List<Map<String, @Nullable Object>> objects(Done done, String field) {
        List<?> list = (List<?>) done.structured().get(field);
        assertThat(list).isNotNull();
        return list == null
                ? List.of()
                : list.stream().map(ActionAnswersTest::object).toList();
    }

    @SuppressWarnings("unchecked") // the schema says so, and every answer of the bench conforms
    private static Map<String, @Nullable Object> object(@Nullable Object value) {
        assertThat(value).isInstanceOf(Map.class);
        return value == null ? Map.of() : (Map<String, @Nullable Object>) value;
    }
}
