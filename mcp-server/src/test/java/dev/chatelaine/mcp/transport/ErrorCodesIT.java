package dev.chatelaine.mcp.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The contract's error codes, through a real process. Not to be had there: {@code permission_denied} (the local user
 * is the owner) and {@code conflict} (it takes a race), which the handlers' own tests provoke.
 */
class ErrorCodesIT {
    private static final String SECRETS = "manage_secrets";
    private static final String LLM = "configure_llm";

    /** A call and the code that it is refused with; none where it prepares the next ones. */
    private record Step(String code, String tool, String arguments) {}

    @TempDir
    private Path home;

    private static final List<Step> STEPS = List.of(
            new Step("", SECRETS, "{'action':'create','name':'taken','value':'first-value-of-it'}"),
            new Step("", LLM, "{'action':'create','name':'chat','provider':'openai','model':'m'}"),
            new Step("invalid_action", SECRETS, "{'action':'steal'}"),
            new Step("invalid_action", LLM, "{'name':'chat'}"),
            new Step("invalid_field", SECRETS, "{'action':'list','limit':'many'}"),
            new Step("invalid_field", SECRETS, "{'action':'get','name':'taken','colour':'red'}"),
            new Step("invalid_field", SECRETS, "{'action':'get','name':7}"),
            new Step("invalid_name", SECRETS, "{'action':'create','name':'a/b','value':'x'}"),
            new Step("invalid_name", SECRETS, "{'action':'get','name':'..'}"),
            new Step("invalid_name", SECRETS, "{'action':'get','name':'a\\u0000'}"),
            new Step("invalid_name", SECRETS, "{'action':'get','name':'" + "n".repeat(129) + "'}"),
            new Step("invalid_name", LLM, "{'action':'create','name':'default','provider':'openai','model':'m'}"),
            new Step("invalid_value", SECRETS, "{'action':'create','name':'e','value':''}"),
            new Step("value_required", LLM, "{'action':'verify','name':'chat'}"),
            new Step("", SECRETS, "{'action':'create','name':'later'}"),
            new Step("", LLM, "{'action':'set_key','name':'chat'}"),
            new Step("secret_exists", SECRETS, "{'action':'create','name':'taken'}"),
            new Step("secret_not_found", SECRETS, "{'action':'update','name':'nobody'}"),
            new Step("config_not_found", LLM, "{'action':'set_key','name':'nobody'}"),
            new Step("provider_unknown", SECRETS, "{'action':'create','name':'provider_key_nobody'}"),
            new Step("", SECRETS, "{'action':'create','name':'big','value':'" + "v".repeat(65_536) + "'}"),
            new Step(
                    "value_too_large",
                    SECRETS,
                    "{'action':'create','name':'bigger','value':'" + "v".repeat(65_537) + "'}"),
            new Step("value_is_mask", SECRETS, "{'action':'update','name':'taken','value':'••••f-it'}"),
            new Step("value_is_mask", SECRETS, "{'action':'create','name':'m','value':'****'}"),
            new Step(
                    "value_in_wrong_field",
                    SECRETS,
                    "{'action':'update','name':'taken','description':'sk-ant-api03-abcdefghijklmnopqrstuvwxyz0123456789'}"),
            new Step(
                    "invalid_provider_key",
                    SECRETS,
                    "{'action':'create','name':'provider_key_openai','value':'sk-ant-api03-abcdefghijklmnopqrstuvwxyz'}"),
            new Step("provider_unknown", LLM, "{'action':'create','name':'c','provider':'acme','model':'m'}"),
            new Step("secret_exists", SECRETS, "{'action':'create','name':'taken','value':'second value'}"),
            new Step("secret_not_found", SECRETS, "{'action':'get','name':'nobody'}"),
            new Step("version_not_found", SECRETS, "{'action':'rollback','name':'taken','version':9}"),
            new Step("config_exists", LLM, "{'action':'create','name':'chat','provider':'openai','model':'m'}"),
            new Step("config_not_found", LLM, "{'action':'get','name':'nobody'}"),
            new Step("base_url_required", LLM, "{'action':'create','name':'c','provider':'custom','model':'m'}"),
            new Step(
                    "base_url_refused",
                    LLM,
                    "{'action':'create','name':'c','provider':'custom','model':'m','base_url':'https://10.0.0.1/v1'}"));

    @Test
    void refusesBadCallsWithTheContractsCodes() {
        try (ServerProcess server = started(Map.of())) {
            SoftAssertions.assertSoftly(softly ->
                    STEPS.forEach(step -> softly.assertThat(code(server, step.tool(), step.arguments()))
                            .as(step.arguments()
                                    .substring(0, Math.min(90, step.arguments().length())))
                            .isEqualTo(step.code())));
        }
    }

    @Test
    void refusesWhatTheSettingsForbid() {
        try (ServerProcess server = started(Map.of("CHATELAINE_READ_ONLY", "true"))) {
            assertThat(code(server, SECRETS, "{'action':'delete','name':'a'}")).isEqualTo("read_only");
        }
        try (ServerProcess server = started(Map.of("CHATELAINE_INLINE_VALUES", "deny"))) {
            assertThat(code(server, SECRETS, "{'action':'create','name':'a','value':'never stored'}"))
                    .isEqualTo("inline_value_denied");
        }
    }

    @Test
    void refusesAProviderKeyOnAPlanWithoutThem() {
        try (ServerProcess command =
                ServerProcess.start(home, Map.of(), List.of(), "tenant", "create", "acme", "--plan", "starter")) {
            assertThat(command.exitCode(60)).isZero();
        }
        try (ServerProcess server = started(Map.of("CHATELAINE_TENANT", "acme"))) {
            assertThat(code(
                            server,
                            SECRETS,
                            "{'action':'create','name':'provider_key_openai','value':'sk-abcdefghijklmnopqrstuvwxyz'}"))
                    .isEqualTo("byok_not_on_plan");
        }
    }

    @Test
    void refusesARowThatWasMovedAndThatRowAlone() throws SQLException {
        try (ServerProcess server = started(Map.of())) {
            for (String name : List.of("one", "two")) {
                code(server, SECRETS, "{'action':'create','name':'" + name + "','value':'the value of " + name + "'}");
            }
            try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("chatelaine.db"));
                    Statement statement = database.createStatement()) {
                statement.executeUpdate("UPDATE secret_versions SET sealed = (SELECT v.sealed FROM secret_versions v"
                        + " JOIN secrets s ON s.id = v.secret_id WHERE s.name = 'two')"
                        + " WHERE secret_id = (SELECT id FROM secrets WHERE name = 'one')");
            }
            assertThat(code(server, SECRETS, "{'action':'rollback','name':'one','version':1}"))
                    .isEqualTo("integrity_failed");
            assertThat(code(server, SECRETS, "{'action':'rollback','name':'two','version':1}"))
                    .isEmpty();
        }
    }

    @Test
    void refusesAKeyFileThatOthersMayReadAndLivesOn() throws Exception {
        try (ServerProcess server = started(Map.of())) {
            assertThat(code(server, SECRETS, "{'action':'list'}")).isEmpty();
        }
        Path keyFile = home.resolve("config").resolve("root-key.json");
        Files.setPosixFilePermissions(keyFile, PosixFilePermissions.fromString("rw-r--r--"));
        try (ServerProcess server = started(Map.of())) {
            assertThat(code(server, SECRETS, "{'action':'list'}")).isEqualTo("vault_unavailable");
            Files.setPosixFilePermissions(keyFile, PosixFilePermissions.fromString("rw-------"));
            assertThat(code(server, SECRETS, "{'action':'list'}")).isEmpty();
        }
    }

    private ServerProcess started(Map<String, String> environment) {
        ServerProcess server = ServerProcess.start(home, environment, List.of(), "stdio");
        server.initialize("2025-11-25");
        return server;
    }

    /** The code of the error that a call is answered with; empty where it is done. */
    private static String code(ServerProcess server, String tool, String arguments) {
        server.call(1, tool, arguments.replace('\'', '"'));
        JsonNode result = server.receive().get("result");
        JsonNode error = result.get("structuredContent").get("error");
        assertThat(result.path("isError").asBoolean()).isEqualTo(error != null);
        return error == null ? "" : error.get("code").asString();
    }
}
