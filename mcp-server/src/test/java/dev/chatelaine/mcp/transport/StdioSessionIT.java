package dev.chatelaine.mcp.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.mcp.ChildJvm;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import io.modelcontextprotocol.spec.McpSchema.InitializeResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The SDK's own client drives a real process; it holds each answer to the tool's output schema. */
class StdioSessionIT {

    @TempDir
    Path home;

    @Test
    void managesSecrets() {
        try (McpSyncClient client = client(Map.of())) {
            InitializeResult hello = client.initialize();
            assertThat(hello.serverInfo().name()).isEqualTo("chatelaine");
            assertThat(client.listTools().tools()).hasSize(3);

            done(client, Map.of("action", "create", "name", "db", "value", "hunter2-hunter2-hunter2"));
            done(client, Map.of("action", "get", "name", "db"));
            done(client, Map.of("action", "list", "limit", 10));
            done(client, Map.of("action", "update", "name", "db", "value", "hunter3-hunter3-hunter3"));
            done(client, Map.of("action", "update", "name", "db", "description", "the database"));
            done(client, Map.of("action", "history", "name", "db"));
            done(client, Map.of("action", "rollback", "name", "db", "version", 1));
            done(client, Map.of("action", "delete", "name", "db"));
            done(client, Map.of("action", "restore", "name", "db"));
            failed(client, Map.of("action", "create", "name", "db", "value", "x"), "secret_exists");
            assertThat(done(client, Map.of("action", "create", "name", "other")).structuredContent())
                    .asString()
                    .contains("entry={url=http://127.0.0.1:");
            failed(client, Map.of("action", "create", "name", "db"), "secret_exists");
            failed(client, Map.of("action", "get", "name", "nope"), "secret_not_found");
            failed(client, Map.of("action", "dance"), "invalid_action");
            failed(client, Map.of("action", "get", "name", "../x"), "invalid_name");
            failed(client, Map.of("action", "list", "limit", "ten"), "invalid_field");
        }
    }

    @Test
    void arrangesModels() {
        try (McpSyncClient client = client(Map.of())) {
            client.initialize();
            client.listTools();

            CallToolResult providers = call(client, "list_byok_providers", Map.of());
            assertThat(providers.isError()).isFalse();
            llm(client, Map.of("action", "create", "name", "main", "provider", "openai", "model", "gpt-4.1-mini"));
            llm(client, Map.of("action", "list"));
            llm(client, Map.of("action", "get", "name", "main"));
            llm(client, Map.of("action", "update", "name", "main", "model", "gpt-4.1"));
            llm(client, Map.of("action", "set_default", "name", "main"));
            llm(client, Map.of("action", "set_key", "name", "main", "api_key", "sk-" + "a1B2".repeat(10)));
            llm(client, Map.of("action", "remove_key", "name", "main"));
            llm(client, Map.of("action", "delete", "name", "main"));
        }
    }

    @Test
    void verifiesAKeyWhoseProviderIsNotThere() {
        Map<String, String> nowhere = Map.of("CHATELAINE_CATALOG", catalogWithUnreachableOllama());
        try (McpSyncClient client = client(nowhere)) {
            client.initialize();
            client.listTools();

            String name = "provider_key_ollama";
            done(client, Map.of("action", "create", "name", name, "value", "a-key-of-no-worth"));
            CallToolResult verified = done(client, Map.of("action", "verify", "name", name));

            assertThat(verified.structuredContent()).asString().contains("status=unreachable");
        }
    }

    @Test
    void changesNothingWhereThatIsForbidden() {
        try (McpSyncClient client = client(Map.of("CHATELAINE_READ_ONLY", "true"))) {
            client.initialize();
            client.listTools();

            failed(client, Map.of("action", "create", "name", "db", "value", "x"), "read_only");
            done(client, Map.of("action", "list"));
        }
    }

    @Test
    void takesNoValueWhereThatIsForbidden() {
        try (McpSyncClient client = client(Map.of("CHATELAINE_INLINE_VALUES", "deny"))) {
            client.initialize();
            client.listTools();

            failed(client, Map.of("action", "create", "name", "db", "value", "x"), "inline_value_denied");
        }
    }

    private String catalogWithUnreachableOllama() {
        try {
            Path catalog = home.resolve("catalog.yaml");
            Files.writeString(catalog, "providers:\n  ollama: { base_url: \"http://localhost:1/v1\" }\n");
            return catalog.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private McpSyncClient client(Map<String, String> environment) {
        ServerParameters server = ServerParameters.builder(ChildJvm.java())
                .args(ChildJvm.arguments("dev.chatelaine.mcp.Main", "stdio"))
                .addEnvVar("CHATELAINE_HOME", home.toString())
                .env(environment)
                .build();
        return McpClient.sync(new StdioClientTransport(server, new JacksonMcpJsonMapper(JsonMapper.shared())))
                .clientInfo(Implementation.builder("it", "1").build())
                .requestTimeout(Duration.ofSeconds(60))
                .initializationTimeout(Duration.ofSeconds(60))
                .enableCallToolSchemaCaching(true)
                .build();
    }

    private static CallToolResult done(McpSyncClient client, Map<String, Object> arguments) {
        return done(client, "manage_secrets", arguments);
    }

    private static void llm(McpSyncClient client, Map<String, Object> arguments) {
        done(client, "configure_llm", arguments);
    }

    private static CallToolResult done(McpSyncClient client, String tool, Map<String, Object> arguments) {
        CallToolResult result = call(client, tool, arguments);
        assertThat(result.isError()).as("%s: %s", arguments, result).isFalse();
        assertThat(result.structuredContent()).asString().contains("action=" + arguments.get("action"));
        return result;
    }

    private static void failed(McpSyncClient client, Map<String, Object> arguments, String code) {
        CallToolResult result = call(client, "manage_secrets", arguments);
        assertThat(result.isError()).isTrue();
        assertThat(result.structuredContent()).asString().contains("code=" + code);
    }

    private static CallToolResult call(McpSyncClient client, String tool, Map<String, Object> arguments) {
        CallToolResult result = client.callTool(
                CallToolRequest.builder(tool).arguments(arguments).build());
        assertThat(result.content())
                .singleElement()
                .isInstanceOfSatisfying(
                        TextContent.class, text -> assertThat(text.text()).isNotBlank());
        return result;
    }
}
