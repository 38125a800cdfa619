package dev.chatelaine.mcp.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.mcp.serve.Served.WayIn;
import dev.chatelaine.vault.access.Role;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The SDK's own client, with a bearer token, over both ways in. */
class HttpServiceIT {
    private static final String VALUE = "hunter2-hunter2-hunter2";

    @TempDir
    private Path home;

    private Served served;

    @BeforeEach
    void start() {
        served = Served.in(home);
    }

    @AfterEach
    void stop() {
        served.close();
    }

    @ParameterizedTest
    @EnumSource
    void everyToolWorksWithABearerToken(WayIn way) {
        try (McpSyncClient ada = served.client(way, served.token("acme", "ada", Role.OWNER))) {
            assertThat(ada.initialize().serverInfo().name()).isEqualTo("chatelaine");
            assertThat(ada.listTools().tools())
                    .extracting(Tool::name)
                    .containsExactly("configure_llm", "list_byok_providers", "manage_secrets");

            CallToolResult stored =
                    Served.call(ada, "manage_secrets", Map.of("action", "create", "name", "db", "value", VALUE));
            assertThat(stored.isError()).as(stored.toString()).isFalse();
            assertThat(stored.toString()).contains("value_seen_by_assistant").doesNotContain(VALUE);
            assertThat(Served.call(ada, "list_byok_providers", Map.of()).toString())
                    .contains("byok_available");
            CallToolResult made = Served.call(
                    ada,
                    "configure_llm",
                    Map.of("action", "create", "name", "main", "provider", "openai", "model", "gpt-4.1-mini"));
            assertThat(made.isError()).as(made.toString()).isFalse();
            ada.ping();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsAnotherTenantsIsNotThere(WayIn way) {
        try (McpSyncClient acme = served.client(way, served.token("acme", "ada", Role.OWNER));
                McpSyncClient rival = served.client(way, served.token("rival", "eve", Role.OWNER))) {
            acme.initialize();
            rival.initialize();
            String id = String.valueOf(Served.call(
                                    acme, "manage_secrets", Map.of("action", "create", "name", "db", "value", VALUE))
                            .structuredContent())
                    .replaceAll(".*(sec_[a-z0-9]+).*", "$1");
            Served.call(
                    acme,
                    "configure_llm",
                    Map.of("action", "create", "name", "main", "provider", "openai", "model", "gpt-4.1-mini"));

            for (String name : new String[] {"db", id}) {
                for (String action : new String[] {"get", "update", "delete", "restore", "history", "verify"}) {
                    Map<String, Object> arguments = action.equals("update")
                            ? Map.of("action", action, "name", name, "description", "mine")
                            : Map.of("action", action, "name", name);
                    assertThat(code(Served.call(rival, "manage_secrets", arguments)))
                            .as(action)
                            .isEqualTo("secret_not_found");
                }
            }
            assertThat(code(Served.call(rival, "configure_llm", Map.of("action", "get", "name", "main"))))
                    .isEqualTo("config_not_found");
            assertThat(Served.call(rival, "manage_secrets", Map.of("action", "list"))
                                    .toString()
                            + Served.call(rival, "configure_llm", Map.of("action", "list")))
                    .doesNotContain("db", "main", id);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /mcp", "POST /mcp", "DELETE /mcp", "GET /sse", "POST /messages?sessionId=x"})
    void nobodyComesInWithoutATokenOfThisInstance(String request) {
        String[] parts = request.split(" ", -1);
        for (String token : new String[] {"", "no.such.token"}) {
            HttpResponse<String> answer = new Wire(served).send(parts[0], parts[1], token, Map.of());

            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.headers().firstValue("WWW-Authenticate").orElse(""))
                    .contains("resource_metadata=\"" + served.address("/.well-known/oauth-protected-resource"));
        }
    }

    @Test
    void readOnlyIsReadOnlyOnEveryWayIn() {
        String ada = served.token("acme", "ada", Role.OWNER);
        served.again(Map.of("CHATELAINE_READ_ONLY", "true"));

        assertThat(new Wire(served)
                        .post("/api/secrets", ada, "{\"name\":\"a\",\"value\":\"b\"}", Map.of())
                        .statusCode())
                .isEqualTo(405);
        try (McpSyncClient client = served.client(WayIn.STREAMABLE, ada)) {
            client.initialize();
            assertThat(code(Served.call(client, "manage_secrets", Map.of("action", "delete", "name", "a"))))
                    .isEqualTo("read_only");
        }
    }

    @Test
    void gatewayKeysAreShownAndNotChangedWhereEverythingIsReadOnly() {
        String ada = served.token("acme", "ada", Role.OWNER);
        String all = "/api/v1/gateway-keys";
        assertThat(new Wire(served)
                        .post(all, ada, "{\"name\":\"jobs\"}", Map.of())
                        .statusCode())
                .isEqualTo(201);
        served.again(Map.of("CHATELAINE_READ_ONLY", "true"));

        Wire wire = new Wire(served);
        for (String path : List.of(all, all + "/jobs", "/api/v1/usage?group_by=day")) {
            assertThat(wire.send("GET", path, ada, Map.of()).statusCode())
                    .as(path)
                    .isEqualTo(200);
        }
        assertThat(wire.send("POST", all, ada, Map.of()).statusCode()).isEqualTo(405);
        assertThat(wire.send("PATCH", all + "/jobs", ada, Map.of()).statusCode())
                .isEqualTo(405);
        assertThat(wire.send("DELETE", all + "/jobs", ada, Map.of()).statusCode())
                .isEqualTo(405);
        assertThat(wire.send("POST", all + "/jobs/rotate", ada, Map.of()).statusCode())
                .isEqualTo(404);
        assertThat(wire.send("GET", all + "/jobs", ada, Map.of()).body()).contains("\"revision\":1");
    }

    /** The code of an answer that is an error. */
    static String code(CallToolResult answer) {
        assertThat(answer.isError()).as(answer.toString()).isTrue();
        return String.valueOf(answer.structuredContent()).replaceAll(".*\\bcode=([a-z_]+).*", "$1");
    }
}
