package dev.chatelaine.mcp.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatelaine.mcp.config.Setting;
import dev.chatelaine.mcp.config.Settings;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.provider.InvalidCatalogException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The protocol on streams of this JVM. No vault is opened here: its answers are the business of a real process. */
class StdioServerTest {
    private static final String READY = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";

    @TempDir
    Path home;

    @ParameterizedTest
    @CsvSource({
        "2024-11-05, 2024-11-05",
        "2025-03-26, 2025-03-26",
        "2025-06-18, 2025-06-18",
        "2025-11-25, 2025-11-25",
        "2026-07-28, 2025-11-25",
        "1999-01-01, 2025-11-25"
    })
    void agreesOnARevision(String asked, String agreed) {
        JsonNode result = answers(initialize(asked)).get(0).get("result");

        assertThat(result.get("protocolVersion").asString()).isEqualTo(agreed);
        assertThat(result.get("serverInfo").get("name").asString()).isEqualTo("chatelaine");
        assertThat(result.get("serverInfo").get("title").asString()).isEqualTo("Chatelaine");
        assertThat(result.get("serverInfo").get("version").asString()).matches("\\d+\\.\\d+\\.\\d+.*");
        assertThat(result.get("instructions").asString()).contains("Never ask a person for a secret value");
        assertThat(result.get("capabilities").has("tools")).isTrue();
    }

    @Test
    void listsTheToolsWithEverythingThatTheContractAsksFor() {
        JsonNode tools = answers(initialize("2025-11-25"), READY, request(1, "tools/list", "{}"))
                .get(1)
                .at("/result/tools");

        assertThat(tools.valueStream().map(tool -> tool.get("name").asString()))
                .containsExactly("configure_llm", "list_byok_providers", "manage_secrets");
        assertThat(tools.valueStream()).allSatisfy(tool -> {
            assertThat(tool.get("title").asString()).isNotBlank();
            assertThat(tool.get("description").asString()).isNotBlank();
            assertThat(tool.at("/inputSchema/type").asString()).isEqualTo("object");
            assertThat(tool.at("/outputSchema/type").asString()).isEqualTo("object");
            assertThat(tool.get("annotations").propertyNames())
                    .contains("readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint");
        });
    }

    @Test
    void listsNoMutatingActionWhereNothingMayBeChanged() {
        Settings settings = settings(Map.of(Setting.READ_ONLY, "true"));
        JsonNode tools = answers(settings, initialize("2025-11-25"), READY, request(1, "tools/list", "{}"))
                .get(1)
                .at("/result/tools");

        assertThat(tools.get(2)
                        .at("/inputSchema/properties/action/enum")
                        .valueStream()
                        .map(JsonNode::asString))
                .containsExactly("get", "list", "history");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "garbage | -32700 | null",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\" | -32700 | null",
                "7 | -32600 | null",
                "null | -32600 | null",
                "{} | -32600 | null",
                "[] | -32600 | null",
                "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}] | -32600 | null",
                "{\"id\":1,\"method\":\"ping\"} | -32600 | 1",
                "{\"jsonrpc\":\"1.0\",\"id\":\"a\",\"method\":\"ping\"} | -32600 | \"a\"",
                "{\"jsonrpc\":\"2.0\",\"id\":1} | -32600 | 1",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7} | -32600 | 1",
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"} | -32600 | null",
                "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"ping\"} | -32600 | null",
                "{\"jsonrpc\":\"2.0\",\"id\":99999999999999999999,\"method\":\"ping\"} | -32600 | null",
                "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"ping\",\"params\":[]} | -32602 | 2",
                "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"no/such\"} | -32601 | 3",
                "{\"jsonrpc\":\"2.0\",\"id\":4,\"method\":\"tools/call\",\"params\":{\"name\":\"nope\"}} | -32602 | 4",
                "{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"tools/call\"} | -32602 | 5",
                "{\"jsonrpc\":\"2.0\",\"id\":6,\"method\":\"tools/call\",\"params\":{\"name\":\"manage_secrets\","
                        + "\"arguments\":\"x\"}} | -32602 | 6",
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"initialize\",\"params\":{\"capabilities\":7}} | -32602 | 7",
            })
    void answersWhatIsNoMessageAsJsonRpcSays(String line, int code, String id) {
        JsonNode answer = answers(initialize("2025-11-25"), READY, line, request(100, "ping", "{}"))
                .get(1);

        assertThat(answer.at("/error/code").asInt()).isEqualTo(code);
        assertThat(answer.get("id")).isEqualTo(JsonMapper.shared().readTree(id));
        assertThat(answer.at("/error/message").asString()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  \t",
                "\r",
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":7}}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/roots/list_changed\"}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/unknown\",\"params\":[]}",
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{}}",
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"error\":{\"code\":1}}",
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":1,\"message\":\"m\"}}",
            })
    void doesNotAnswerWhatIsNoRequest(String line) {
        List<JsonNode> answers = answers(initialize("2025-11-25"), READY, line, request(100, "ping", "{}"));

        assertThat(answers).hasSize(2);
        assertThat(answers.get(1).get("id").asInt()).isEqualTo(100);
    }

    @Test
    void answersAPingBeforeTheHandshake() {
        assertThat(answers(request(1, "ping", "{}")).get(0))
                .isEqualTo(JsonMapper.shared().readTree("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}"));
    }

    @Test
    void answersABatchInOneArray() {
        String batch = "[" + request(1, "ping", "{}") + "," + READY + ",7,{\"id\":\"x\"},"
                + request(2, "tools/list", "{}") + "," + initialize("2025-03-26") + "," + request(3, "no", "{}") + "]";
        List<JsonNode> answers = answers(initialize("2025-03-26"), READY, batch);

        assertThat(answers).hasSize(2);
        assertThat(answers.get(1).valueStream().map(answer -> answer.get("id").toString()))
                .containsExactlyInAnyOrder("1", "null", "\"x\"", "2", "0", "3");
        assertThat(answers.get(1)
                        .valueStream()
                        .filter(answer -> answer.has("error"))
                        .map(answer -> answer.at("/error/code").asInt()))
                .containsExactlyInAnyOrder(-32600, -32600, -32600, -32601);
    }

    @Test
    void doesNotAnswerABatchOfNotifications() {
        assertThat(answers(initialize("2025-03-26"), READY, "[" + READY + "]")).hasSize(1);
    }

    @Test
    void refusesABatchThatIsEmptyOrACrowd() {
        String crowd = "[" + "1,".repeat(Incoming.MOST_IN_BATCH) + "1]";
        List<JsonNode> answers = answers(initialize("2025-03-26"), READY, "[]", crowd);

        assertThat(answers.subList(1, 3))
                .allSatisfy(
                        answer -> assertThat(answer.at("/error/code").asInt()).isEqualTo(-32600));
    }

    @Test
    void tellsWhenTheHostNoLongerTakesAnswersOnce() {
        AtomicInteger told = new AtomicInteger();
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("broken pipe");
            }
        };
        byte[] input =
                (request(1, "ping", "{}") + "\n" + request(2, "ping", "{}") + "\n").getBytes(StandardCharsets.UTF_8);

        new StdioServer(settings(Map.of()), new ByteArrayInputStream(input), broken, told::incrementAndGet).run();

        assertThat(told).hasValue(1);
    }

    @Test
    void doesNotStartWithAWrongSetting() throws Exception {
        Path catalog = Files.writeString(home.resolve("catalog.yaml"), "providers: [");

        assertThatThrownBy(() -> answers(settings(Map.of(Setting.READ_ONLY, "maybe"))))
                .isInstanceOf(VaultException.class)
                .hasMessageContaining("CHATELAINE_READ_ONLY");
        assertThatThrownBy(() -> answers(settings(Map.of(Setting.INLINE_VALUES, "yes"))))
                .hasMessageContaining("CHATELAINE_INLINE_VALUES");
        assertThatThrownBy(() -> answers(settings(Map.of(Setting.TENANT, "a/b"))))
                .isInstanceOf(VaultException.class);
        assertThatThrownBy(() -> answers(settings(Map.of(Setting.CATALOG, catalog.toString()))))
                .isInstanceOf(InvalidCatalogException.class);
    }

    private List<JsonNode> answers(String... lines) {
        return answers(settings(Map.of()), lines);
    }

    private List<JsonNode> answers(Settings settings, String... lines) {
        byte[] input = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        new StdioServer(settings, new ByteArrayInputStream(input), output, () -> {}).run();
        return output.toString(StandardCharsets.UTF_8)
                .lines()
                .map(JsonMapper.shared()::readTree)
                .toList();
    }

    private Settings settings(Map<Setting, String> flags) {
        return new Settings(
                flags, Map.of("CHATELAINE_HOME", home.resolve("vault").toString()), "Linux", home);
    }

    private static String initialize(String revision) {
        return request(
                0,
                "initialize",
                "{\"protocolVersion\":\"" + revision
                        + "\",\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}");
    }

    private static String request(int id, String method, String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + params + "}";
    }
}
