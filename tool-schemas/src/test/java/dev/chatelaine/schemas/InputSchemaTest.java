package dev.chatelaine.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InputSchemaTest {

    private final ToolSchemas schemas = ToolSchemas.load();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'action':'create','name':'stripe_live'}",
                "{'action':'create','name':'9.a-B_c','value':'v','description':'d','category':'database'}",
                "{'action':'list','query':'str','include_deleted':true,'limit':200,'cursor':'c'}",
                "{'action':'rollback','name':'a','version':1}"
            })
    void acceptsCallsOfManageSecrets(String call) {
        assertThat(problems("manage_secrets", call)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'action':'reveal','name':'a'}",
                "{'action':'create','name':'a/b'}",
                "{'action':'create','name':'..'}",
                "{'action':'create','name':'a','value':''}",
                "{'action':'create','name':'a','category':'other'}",
                "{'action':'create','name':'a','password':'p'}",
                "{'action':'list','limit':0}",
                "{'action':'list','limit':201}",
                "{'action':'list','limit':'10'}",
                "{'action':'rollback','name':'a','version':0}"
            })
    void refusesWhatManageSecretsCannotMean(String call) {
        assertThat(problems("manage_secrets", call)).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"name,128", "description,500", "value,65536"})
    void boundsAreInclusive(String property, int most) {
        Map<String, Object> call = Map.of("action", "create", property, "x".repeat(most));
        Map<String, Object> more = Map.of("action", "create", property, "x".repeat(most + 1));
        Conformance conformance =
                Conformance.to(schemas.tool("manage_secrets").orElseThrow().inputSchema());

        assertThat(conformance.problems(Conformance.JSON.writeValueAsString(call)))
                .isEmpty();
        assertThat(conformance.problems(Conformance.JSON.writeValueAsString(more)))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'action':'create','name':'main','provider':'openai','model':'gpt-4.1-mini'}",
                "{'action':'create','name':'m','provider':'custom','model':'x','base_url':'http://localhost:8000/v1',"
                        + "'fallbacks':['groq/llama-3.3-70b','spare'],'make_default':true}",
                "{'action':'set_key','name':'main'}",
                "{'action':'list'}"
            })
    void acceptsCallsOfConfigureLlm(String call) {
        assertThat(problems("configure_llm", call)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'name':'main'}",
                "{'action':'rename','name':'main'}",
                "{'action':'update','name':'main','fallbacks':'spare'}",
                "{'action':'update','name':'main','fallbacks':['1','2','3','4','5','6','7','8','9','10','11']}",
                "{'action':'set_key','name':'main','value':'v'}"
            })
    void refusesWhatConfigureLlmCannotMean(String call) {
        assertThat(problems("configure_llm", call)).isNotEmpty();
    }

    @Test
    void listByokProvidersTakesNothing() {
        assertThat(problems("list_byok_providers", "{}")).isEmpty();
        assertThat(problems("list_byok_providers", "{'action':'list'}")).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"manage_secrets,value", "configure_llm,api_key"})
    void whatHoldsAValueTellsTheAssistantToLeaveItOut(String tool, String property) {
        Map<String, Object> properties =
                Json.object(schemas.tool(tool).orElseThrow().inputSchema(), "properties");

        assertThat(Json.string(Json.object(properties, property), "description"))
                .startsWith("LEAVE THIS OUT");
    }

    private List<String> problems(String tool, String call) {
        return Conformance.to(schemas.tool(tool).orElseThrow().inputSchema()).problems(call.replace('\'', '"'));
    }
}
