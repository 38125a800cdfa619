package dev.chatelaine.mcp.tool;

import static dev.chatelaine.mcp.tool.Bench.VALUE;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.mcp.tool.ToolOutcome.Failed;
import dev.chatelaine.mcp.tool.ToolOutcome.NeedsEntry;
import dev.chatelaine.schemas.ToolAction;
import dev.chatelaine.schemas.ToolDefinition;
import dev.chatelaine.schemas.ToolSchemas;
import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Channel;
import dev.chatelaine.vault.access.Role;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.entry.EntryRequest;
import dev.chatelaine.vault.entry.Purpose;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for all tools, and without a vault. */
class ToolsTest {
    private static final Actor ADA = new Actor("ada", new TenantId("acme"), Set.of(Role.OWNER), Channel.MCP, null);

    private final Tools tools = new Tools(ToolsTest::closed, false, false);

    @Test
    void thereAreTheToolsOfTheSchemasInTheirOrder() {
        assertThat(tools.all())
                .extracting(ToolHandler::name)
                .isEqualTo(ToolSchemas.load().tools().stream()
                        .map(ToolDefinition::name)
                        .toList());
        assertThat(tools.find("reveal_secret")).isEmpty();
    }

    @Test
    void actionsAndTheirArgumentsAreThoseOfTheSchemas() {
        assertAgreement("manage_secrets", SecretAction.ALL);
        assertAgreement("configure_llm", ConfigurationAction.ALL);
    }

    @Test
    void errorCodesAreThoseOfTheSchemas() {
        EnumSet<ErrorCode> shown = EnumSet.range(ErrorCode.INVALID_ACTION, ErrorCode.VAULT_UNAVAILABLE);
        List<String> codes = shown.stream().map(ErrorCode::code).toList();

        for (ToolDefinition tool : ToolSchemas.load().tools()) {
            Object given = at(tool.outputSchema(), "$defs", "error", "properties", "code", "enum");
            assertThat(given).as(tool.name()).isEqualTo(codes);
        }
    }

    static List<Map<String, Object>> refusedAtTheDoor() {
        return List.of(
                Bench.arguments(),
                Bench.arguments("action", "reveal"),
                Bench.arguments("action", "get"),
                Bench.arguments("action", "get", "name", "a/b"),
                Bench.arguments("action", "get", "name", "a", "value", VALUE),
                Bench.arguments("action", "create", "name", "a", "value", 1),
                Bench.arguments("action", "create", "name", "a", "value", ""),
                Bench.arguments("action", "create", "name", "a", "category", "none"),
                Bench.arguments("action", "update", "name", "a", "description", "d".repeat(501)),
                Bench.arguments("action", "list", "limit", 0),
                Bench.arguments("action", "list", "include_deleted", "yes"),
                Bench.arguments("action", "rollback", "name", "a", "version", 1.5));
    }

    @ParameterizedTest
    @MethodSource("refusedAtTheDoor")
    void aCallThatFailsItsChecksOpensNoVault(Map<String, Object> arguments) {
        assertThat(tools.find("manage_secrets").orElseThrow().call(ADA, arguments))
                .isInstanceOf(Failed.class);
        if (!arguments.containsValue("list")) {
            assertThat(tools.find("configure_llm").orElseThrow().call(ADA, arguments))
                    .isInstanceOf(Failed.class);
        }
        assertThat(tools.find("list_byok_providers").orElseThrow().call(ADA, Bench.arguments("any", 1)))
                .isInstanceOf(Failed.class);
    }

    @Test
    void aReadOnlyServerRefusesWithoutOpeningTheVault() {
        Tools readOnly = new Tools(ToolsTest::closed, true, false);
        for (ToolDefinition tool : ToolSchemas.load().tools()) {
            for (ToolAction action : tool.actions()) {
                if (action.mutating()) {
                    assertThat(text(readOnly.find(tool.name())
                                    .orElseThrow()
                                    .call(ADA, Bench.arguments("action", action.name(), "name", "a"))))
                            .startsWith("Error read_only: ");
                }
            }
        }
        assertThat(text(readOnly.find("manage_secrets").orElseThrow().call(ADA, Bench.arguments("action", "x"))))
                .contains("get, list, history")
                .doesNotContain("create");
    }

    @Test
    void aDeniedValueIsNotLookedAtAndOpensNoVault() {
        Tools denied = new Tools(ToolsTest::closed, false, true);

        for (Object value : List.of(VALUE, "", 42, "x".repeat(70_000))) {
            assertThat(denied.find("manage_secrets")
                            .orElseThrow()
                            .call(ADA, Bench.arguments("action", "create", "name", "a", "value", value)))
                    .isEqualTo(new NeedsEntry(
                            new EntryRequest(Purpose.CREATE_SECRET, "a", null, null), NeedsEntry.Reason.INLINE_DENIED));
            assertThat(denied.find("configure_llm")
                            .orElseThrow()
                            .call(ADA, Bench.arguments("action", "set_key", "name", "a", "api_key", value)))
                    .isEqualTo(new NeedsEntry(
                            new EntryRequest(Purpose.SET_KEY, "a", null, null), NeedsEntry.Reason.INLINE_DENIED));
        }
    }

    @Test
    void anUnforeseenExceptionIsToldWithoutItsMessage() {
        Tools broken = new Tools(
                () -> {
                    throw new IllegalStateException(VALUE, new UnsupportedOperationException(VALUE));
                },
                false,
                false);
        PrintStream before = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        ToolOutcome outcome;
        try {
            System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
            outcome = broken.find("manage_secrets").orElseThrow().call(ADA, Bench.arguments("action", "list"));
        } finally {
            System.setErr(before);
        }

        new AnswerCheck(VALUE).check("manage_secrets", outcome);
        assertThat(text(outcome)).startsWith("Error vault_unavailable: ");
        assertThat(log.toString(StandardCharsets.UTF_8))
                .contains("java.lang.IllegalStateException < java.lang.UnsupportedOperationException")
                .contains("manage_secrets")
                .doesNotContain(VALUE);
    }

    private static Vault closed() {
        throw new AssertionError("the vault was asked for");
    }

    private static void assertAgreement(String tool, List<? extends Action> actions) {
        List<ToolAction> declared = ToolSchemas.load().tool(tool).orElseThrow().actions();
        assertThat(actions.stream()
                        .map(action ->
                                new ToolAction(action.label(), action.mutating(), new HashSet<>(action.properties())))
                        .toList())
                .containsExactlyInAnyOrderElementsOf(declared);
    }

    private static Object at(Map<String, Object> schema, String... path) {
        Object node = schema;
        for (String step : path) {
            node = requireNonNull(((Map<?, ?>) node).get(step), step);
        }
        return node;
    }

    private static String text(ToolOutcome outcome) {
        assertThat(outcome).isInstanceOf(Failed.class);
        return ((Failed) outcome).text();
    }
}
