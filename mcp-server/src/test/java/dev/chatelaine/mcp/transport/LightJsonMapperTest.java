package dev.chatelaine.mcp.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatelaine.schemas.ToolDefinition;
import dev.chatelaine.schemas.ToolSchemas;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.Annotations;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ElicitUrlRequest;
import io.modelcontextprotocol.spec.McpSchema.Icon;
import io.modelcontextprotocol.spec.McpSchema.ImageContent;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import io.modelcontextprotocol.spec.McpSchema.InitializeRequest;
import io.modelcontextprotocol.spec.McpSchema.InitializeResult;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse.JSONRPCError;
import io.modelcontextprotocol.spec.McpSchema.ListToolsResult;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.SetLevelRequest;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Jackson's data binder is the judge: what is written and read by hand must mean the same. */
class LightJsonMapperTest {
    private final McpJsonMapper light = new LightJsonMapper();
    private final McpJsonMapper binder = new JacksonMcpJsonMapper(JsonMapper.shared());

    @ParameterizedTest
    @MethodSource("messages")
    void writesWhatADataBinderWrites(Object message) throws Exception {
        JsonMapper trees = JsonMapper.shared();

        assertThat(trees.readTree(light.writeValueAsBytes(message)))
                .isEqualTo(trees.readTree(binder.writeValueAsBytes(message)));
        assertThat(light.writeValueAsString(message)).doesNotContain("\n");
    }

    static Stream<Object> messages() {
        Map<String, Object> withNull = new LinkedHashMap<>();
        withNull.put("null", null);
        withNull.put("list", Arrays.asList(1, null, 2L, true, "é\u0000😀\"\\\n\u2028"));
        return Stream.of(envelopes(withNull), results(withNull), parts(withNull), others(withNull))
                .flatMap(it -> it);
    }

    private static Stream<Object> envelopes(Map<String, Object> withNull) {
        return Stream.of(
                new JSONRPCRequest("elicitation/create", "id-1", withNull),
                new JSONRPCRequest("ping", 7),
                new JSONRPCNotification("notifications/progress", withNull),
                new JSONRPCNotification("notifications/x"),
                JSONRPCResponse.result(1L << 40, withNull),
                JSONRPCResponse.result("s", Map.of()),
                JSONRPCResponse.error(3, new JSONRPCError(-32601, "no", null)),
                JSONRPCResponse.error(3, new JSONRPCError(-32601, "no", "data")));
    }

    private static Stream<Object> results(Map<String, Object> withNull) {
        ServerCapabilities tools =
                ServerCapabilities.builder().tools(false).logging().build();
        Implementation server = new Implementation("n", "t", "v", "d", null, "https://example.com");
        TextContent text = TextContent.builder("text").build();
        return Stream.of(
                new InitializeResult("2025-11-25", tools, server, "instructions", withNull),
                new InitializeResult("", ServerCapabilities.builder().build(), server, null, null),
                new ListToolsResult(List.of(tool()), "cursor", withNull),
                new ListToolsResult(List.of(), null, null),
                new CallToolResult(List.of(text), false, withNull, withNull),
                new CallToolResult(List.of(text, text), true, List.of(1), null),
                new CallToolResult(List.of(), null, null, null),
                JSONRPCResponse.result(1, new CallToolResult(List.of(text), false, withNull, null)),
                new Refusal(null, -32700, "no").response());
    }

    private static Stream<Object> parts(Map<String, Object> withNull) {
        return Stream.of(
                ServerCapabilities.builder().experimental(withNull).tools(true).build(),
                new ToolAnnotations("t", true, false, null, true, false),
                new TextContent(null, "t", withNull),
                new Tool("n", null, null, Map.of(), null, null, null, null));
    }

    /** Each has something that is left to the data binder. */
    private static Stream<Object> others(Map<String, Object> withNull) {
        Icon icon = new Icon("https://example.com/i.png", "image/png", List.of("48x48"), null);
        return Stream.of(
                ServerCapabilities.builder().completions().build(),
                ServerCapabilities.builder().prompts(true).build(),
                ServerCapabilities.builder().resources(true, null).build(),
                new Implementation("n", null, "v", null, List.of(icon), null),
                Tool.builder("n", Map.of()).icons(List.of(icon)).build(),
                new TextContent(Annotations.builder().priority(0.5).build(), "t", null),
                new CallToolResult(List.of(new ImageContent(null, "AA==", "image/png", null)), false, withNull, null),
                new JSONRPCRequest(
                        "elicitation/create",
                        1,
                        ElicitUrlRequest.builder("message", "http://127.0.0.1/x", "id")
                                .build()),
                Map.of(
                        "number",
                        new BigDecimal("1.5"),
                        "double",
                        0.25,
                        "duration",
                        Duration.ofSeconds(1).toMillis()),
                Map.of("key", Map.of(1, 2)));
    }

    private static Tool tool() {
        ToolDefinition definition = ToolSchemas.load().tools().get(2);
        return Tool.builder(definition.name(), definition.inputSchema())
                .title(definition.title())
                .description(definition.description())
                .outputSchema(definition.outputSchema())
                .annotations(new ToolAnnotations(null, true, false, true, false, null))
                .meta(Map.of("m", 1))
                .build();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"n\",\"version\":\"1\"}}",
                "{\"protocolVersion\":\"x\",\"capabilities\":{\"elicitation\":{\"form\":{},\"url\":{}},\"sampling\":{\"tools\":{}},"
                        + "\"roots\":{\"listChanged\":true},\"experimental\":{\"a\":{\"b\":null}},\"tasks\":{\"list\":{}}},"
                        + "\"clientInfo\":{\"name\":\"n\",\"title\":\"t\",\"version\":\"1\",\"websiteUrl\":\"w\",\"description\":\"d\","
                        + "\"icons\":[{\"src\":\"s\",\"mimeType\":\"m\",\"sizes\":[\"any\"],\"theme\":\"dark\"},{\"src\":\"s\"}]},"
                        + "\"_meta\":{\"a\":1},\"other\":[]}",
                "{\"protocolVersion\":\"x\",\"capabilities\":{\"elicitation\":{},\"roots\":{},\"sampling\":null},"
                        + "\"clientInfo\":{\"name\":\"n\",\"version\":null,\"icons\":[]}}",
                "{}",
                "{\"protocolVersion\":1,\"capabilities\":{},\"clientInfo\":{\"name\":2,\"version\":true}}",
                "{\"capabilities\":null,\"clientInfo\":{}}"
            })
    void readsInitializeAsADataBinderDoes(String params) throws Exception {
        Object json = JsonMapper.shared().readValue(params, Object.class);
        TypeRef<InitializeRequest> type = new TypeRef<>() {};

        assertThat(light.convertValue(json, type)).isEqualTo(binder.convertValue(json, type));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"n\",\"arguments\":{\"a\":[1,null,{}],\"b\":null},\"_meta\":{\"progressToken\":1}}",
                "{\"name\":\"n\"}",
                "{\"arguments\":null}",
                "{\"name\":7,\"other\":1}"
            })
    void readsCallsAsADataBinderDoes(String params) throws Exception {
        Object json = JsonMapper.shared().readValue(params, Object.class);
        TypeRef<CallToolRequest> type = new TypeRef<>() {};

        assertThat(light.convertValue(json, type)).isEqualTo(binder.convertValue(json, type));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":{},\"arguments\":{}}",
                "{\"name\":\"n\",\"arguments\":\"canary\"}",
                "{\"name\":\"n\",\"arguments\":[\"canary\"]}",
                "[\"canary\"]",
                "\"canary\"",
                "null"
            })
    void refusesParamsThatDoNotFitWithoutQuotingThem(String params) throws Exception {
        Object json = JsonMapper.shared().readValue(params, Object.class);

        assertThatThrownBy(() -> light.convertValue(json, new TypeRef<CallToolRequest>() {}))
                .isInstanceOfSatisfying(
                        McpError.class,
                        e -> assertThat(e.getJsonRpcError().code()).isEqualTo(-32602))
                .hasMessageNotContaining("canary")
                .hasNoCause();
    }

    @Test
    void leavesTheRestToADataBinder() throws Exception {
        TypeRef<SetLevelRequest> level = new TypeRef<>() {};

        assertThat(light.convertValue(Map.of("level", "info"), level))
                .isEqualTo(binder.convertValue(Map.of("level", "info"), level));
        assertThat(light.convertValue(Map.of("level", "info"), SetLevelRequest.class))
                .isNotNull();
        assertThat(light.readValue("{\"a\":1}", new TypeRef<Map<String, Object>>() {}))
                .isEqualTo(Map.of("a", 1));
        assertThat(light.readValue("\"text\"", String.class)).isEqualTo("text");
    }
}
