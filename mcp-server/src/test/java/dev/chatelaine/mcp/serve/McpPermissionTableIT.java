package dev.chatelaine.mcp.serve;

import static dev.chatelaine.vault.access.Permission.INTEGRATIONS_DELETE;
import static dev.chatelaine.vault.access.Permission.INTEGRATIONS_READ;
import static dev.chatelaine.vault.access.Permission.INTEGRATIONS_WRITE;
import static dev.chatelaine.vault.access.Permission.KEYS_MANAGE;
import static dev.chatelaine.vault.access.Permission.SECRETS_READ;
import static dev.chatelaine.vault.access.Permission.SECRETS_WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.mcp.serve.Served.WayIn;
import dev.chatelaine.vault.access.Permission;
import dev.chatelaine.vault.access.Role;
import dev.chatelaine.vault.audit.AuditEvent;
import dev.chatelaine.vault.audit.AuditQuery;
import dev.chatelaine.vault.audit.Outcome;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every role on every action of every tool: the table of roles, with the permission that each action is said to take. */
class McpPermissionTableIT {
    private static final String SECRETS = "manage_secrets";
    private static final String LLM = "configure_llm";
    private static final String BYOK = "list_byok_providers";
    private static final String OPENAI_KEY = "sk-proj-" + "c".repeat(48);
    private static final String GROQ_KEY = "gsk_" + "d".repeat(52);

    /** A call that the permission alone decides on. */
    private record Attempt(String tool, Map<String, Object> arguments, Permission needed) {
        String action() {
            return String.valueOf(arguments.getOrDefault("action", ""));
        }
    }

    private static final List<Attempt> ATTEMPTS = List.of(
            secret(SECRETS_WRITE, "create", "new", "value", "v"),
            secret(KEYS_MANAGE, "create", "provider_key_groq", "value", GROQ_KEY),
            secret(SECRETS_WRITE, "update", "plain", "description", "d"),
            secret(SECRETS_WRITE, "update", "plain", "value", "w"),
            secret(KEYS_MANAGE, "update", "provider_key_openai", "description", "d"),
            secret(SECRETS_READ, "get", "plain"),
            new Attempt(SECRETS, Map.of("action", "list"), SECRETS_READ),
            secret(SECRETS_WRITE, "delete", "plain"),
            secret(KEYS_MANAGE, "delete", "provider_key_openai"),
            secret(SECRETS_WRITE, "restore", "was"),
            secret(SECRETS_READ, "history", "plain"),
            secret(SECRETS_WRITE, "rollback", "plain", "version", 1),
            secret(KEYS_MANAGE, "rollback", "provider_key_openai", "version", 1),
            secret(KEYS_MANAGE, "verify", "provider_key_openai"),
            new Attempt(BYOK, Map.of(), INTEGRATIONS_READ),
            configuration(INTEGRATIONS_WRITE, "create", "new", "provider", "openai", "model", "m"),
            new Attempt(LLM, Map.of("action", "list"), INTEGRATIONS_READ),
            configuration(INTEGRATIONS_READ, "get", "main"),
            configuration(INTEGRATIONS_WRITE, "update", "main", "model", "m2"),
            configuration(INTEGRATIONS_DELETE, "delete", "main"),
            configuration(INTEGRATIONS_WRITE, "set_default", "main"),
            configuration(KEYS_MANAGE, "set_key", "main", "api_key", OPENAI_KEY),
            configuration(KEYS_MANAGE, "remove_key", "main"),
            configuration(KEYS_MANAGE, "verify", "main"));

    @TempDir
    private static Path home;

    private static FakeProvider provider;
    private static Served served;
    private static final Map<Role, McpSyncClient> CLIENTS = new EnumMap<>(Role.class);

    @BeforeAll
    static void start() throws Exception {
        provider = new FakeProvider();
        Path catalog = Files.writeString(
                home.resolve("catalog.yaml"), "providers:\n  openai: { base_url: \"" + provider.baseUrl() + "\" }\n");
        served = Served.in(
                home,
                Map.of("CHATELAINE_CATALOG", catalog.toString(), "CHATELAINE_PRIVATE_ENDPOINTS", provider.endpoint()));
        for (Role role : Role.values()) {
            McpSyncClient client = served.client(WayIn.STREAMABLE, served.token("acme", role.label(), role));
            client.initialize();
            CLIENTS.put(role, client);
        }
    }

    @AfterAll
    static void stop() {
        CLIENTS.values().forEach(McpSyncClient::close);
        served.close();
        provider.close();
    }

    @TestFactory
    Stream<DynamicTest> everyRoleMayWhatTheTableSaysAndNothingElse() {
        return ATTEMPTS.stream()
                .flatMap(attempt -> Arrays.stream(Role.values())
                        .map(role -> DynamicTest.dynamicTest(
                                role.label() + " " + attempt.tool() + " " + attempt.arguments(),
                                () -> check(attempt, role))));
    }

    @Test
    void everyActionOfEveryToolIsInTheTable() {
        Map<String, List<String>> tried = ATTEMPTS.stream()
                .collect(
                        Collectors.groupingBy(Attempt::tool, Collectors.mapping(Attempt::action, Collectors.toList())));
        for (Tool tool : client(Role.OWNER).listTools().tools()) {
            assertThat(tried.get(tool.name())).as(tool.name()).containsAll(actions(tool));
        }
        assertThat(tried).hasSize(3);
    }

    private static void check(Attempt attempt, Role role) {
        furnish();
        long before = lastDenial(role);
        CallToolResult answer = Served.call(client(role), attempt.tool(), attempt.arguments());

        if (role.permissions().contains(attempt.needed())) {
            assertThat(answer.isError()).as(answer.toString()).isNotEqualTo(true);
            assertThat(lastDenial(role)).isEqualTo(before);
        } else {
            assertThat(HttpServiceIT.code(answer)).isEqualTo("permission_denied");
            assertThat(answer.toString()).contains(attempt.needed().label());
            assertThat(lastDenial(role)).isGreaterThan(before);
        }
    }

    /** Puts everything that an attempt is made on in its place, whatever the attempt before did. */
    private static void furnish() {
        for (String name : List.of("new", "provider_key_groq")) {
            owner(SECRETS, Map.of("action", "delete", "name", name));
        }
        for (Map.Entry<String, String> secret : Map.of("plain", "v", "was", "v", "provider_key_openai", OPENAI_KEY)
                .entrySet()) {
            owner(SECRETS, Map.of("action", "create", "name", secret.getKey(), "value", secret.getValue()));
        }
        owner(SECRETS, Map.of("action", "delete", "name", "was"));
        owner(LLM, Map.of("action", "delete", "name", "new"));
        owner(LLM, Map.of("action", "create", "name", "main", "provider", "openai", "model", "m"));
        owner(LLM, Map.of("action", "set_key", "name", "main", "api_key", OPENAI_KEY));
    }

    private static void owner(String tool, Map<String, Object> arguments) {
        Served.call(client(Role.OWNER), tool, arguments);
    }

    private static McpSyncClient client(Role role) {
        return Objects.requireNonNull(CLIENTS.get(role));
    }

    /** The sequence of the last event in which this role's caller was denied something over MCP. */
    private static long lastDenial(Role role) {
        return served.vault().audit().events(Served.actor("acme", Role.OWNER), AuditQuery.newest()).events().stream()
                .filter(event -> event.outcome() == Outcome.DENIED
                        && event.subject().equals(role.label())
                        && event.channel().equals("mcp"))
                .mapToLong(AuditEvent::sequence)
                .findFirst()
                .orElse(0);
    }

    private static List<String> actions(Tool tool) {
        Object properties = tool.inputSchema().get("properties");
        Object action = properties instanceof Map<?, ?> named ? named.get("action") : null;
        Object names = action instanceof Map<?, ?> schema ? schema.get("enum") : null;
        return names instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static Attempt secret(Permission needed, String action, String name, Object... more) {
        return new Attempt(SECRETS, arguments(action, name, more), needed);
    }

    private static Attempt configuration(Permission needed, String action, String name, Object... more) {
        return new Attempt(LLM, arguments(action, name, more), needed);
    }

    private static Map<String, Object> arguments(String action, String name, Object... more) {
        Map<String, Object> arguments = new HashMap<>(Map.of("action", action, "name", name));
        for (int i = 0; i < more.length; i += 2) {
            arguments.put((String) more[i], more[i + 1]);
        }
        return Map.copyOf(arguments);
    }
}
