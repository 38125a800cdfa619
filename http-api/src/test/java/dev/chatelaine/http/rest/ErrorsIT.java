package dev.chatelaine.http.rest;

import static dev.chatelaine.http.rest.SecretRoutesIT.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.http.RestClient;
import dev.chatelaine.http.RestClient.Answer;
import dev.chatelaine.http.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every code that a route can end in, with its status and the field at fault. */
class ErrorsIT {
    private static final String KEY = "sk-proj-" + "f".repeat(48);

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        for (String tenant : new String[] {"acme", "poor"}) {
            RestClient owner = server.owner(tenant);
            owner.post("/api/secrets", json("name", "taken", "value", "v-0123456789-abcdef"));
            owner.post("/api/secrets", json("name", "deleted", "value", "v"));
            owner.delete("/api/secrets/deleted");
            owner.post("/api/secrets", json("name", "deleted", "value", "v"));
            owner.post("/api/v1/llm-configs", json("name", "taken", "provider", "openai", "model", "m"));
            owner.post("/api/v1/llm-configs", json("name", "other", "provider", "openai", "model", "m"));
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            acme|POST|/api/secrets|{}|400|invalid_name|name
            acme|POST|/api/secrets|{"name":"a b","value":"v"}|400|invalid_name|name
            acme|POST|/api/secrets|{"name":7,"value":"v"}|400|invalid_field|name
            acme|POST|/api/secrets|{"name":"a"}|400|value_required|value
            acme|POST|/api/secrets|{"name":"a","value":""}|400|invalid_value|value
            acme|POST|/api/secrets|{"name":"a","value":"********"}|400|value_is_mask|value
            acme|POST|/api/secrets|{"name":"a","value":"\\ud800"}|400|invalid_value|value
            acme|POST|/api/secrets|{"name":"a","value":"v","category":"x"}|400|invalid_field|category
            acme|POST|/api/secrets|{"name":"a","value":"v","category":"llm_provider"}|400|invalid_name|name
            acme|POST|/api/secrets|{"name":"a","value":"v","description":"KEY"}|400|value_in_wrong_field|description
            acme|POST|/api/secrets|{"name":"KEY","value":"v"}|400|value_in_wrong_field|name
            acme|POST|/api/secrets|{"name":"provider_key_nobody","value":"v"}|400|provider_unknown|
            acme|POST|/api/secrets|{"name":"provider_key_anthropic","value":"KEY"}|400|invalid_provider_key|value
            acme|POST|/api/secrets|{"name":"taken","value":"v"}|409|secret_exists|name
            poor|POST|/api/secrets|{"name":"provider_key_openai","value":"KEY"}|403|byok_not_on_plan|
            acme|GET|/api/secrets/none||404|secret_not_found|name
            acme|GET|/api/secrets/a%20b||400|invalid_name|name
            acme|GET|/api/secrets/none/versions||404|secret_not_found|name
            acme|PUT|/api/secrets/taken|{}|400|value_required|value
            acme|PUT|/api/secrets/taken|{"value":"cdef"}|400|value_is_mask|value
            acme|PUT|/api/secrets/none|{"value":"v"}|404|secret_not_found|name
            acme|DELETE|/api/secrets/none||404|secret_not_found|name
            acme|DELETE|/api/secrets/taken?purge=maybe||400|invalid_field|purge
            acme|DELETE|/api/secrets/none?purge=true||404|secret_not_found|name
            acme|POST|/api/secrets/deleted/restore||409|secret_exists|name
            acme|POST|/api/secrets/none/restore||404|secret_not_found|name
            acme|POST|/api/secrets/taken/rollback|{"version":99}|404|version_not_found|version
            acme|POST|/api/secrets/taken/rollback|{"version":1.5}|400|invalid_field|version
            acme|POST|/api/secrets/taken/rollback|{}|400|invalid_field|version
            acme|POST|/api/secrets/taken/verify||400|invalid_field|name
            acme|POST|/api/secrets/taken/verify|{"force":true}|400|invalid_field|force
            acme|POST|/api/v1/llm-configs|{"name":"default","provider":"openai","model":"m"}|400|invalid_name|name
            acme|POST|/api/v1/llm-configs|{"name":"a","model":"m"}|400|invalid_field|provider
            acme|POST|/api/v1/llm-configs|{"name":"a","provider":"nobody","model":"m"}|400|provider_unknown|provider
            acme|POST|/api/v1/llm-configs|{"name":"a","provider":"custom","model":"m"}|400|base_url_required|base_url
            acme|POST|/api/v1/llm-configs|{"name":"a","provider":"custom","model":"m","base_url":"http://10.0.0.1"}|400|base_url_refused|base_url
            acme|POST|/api/v1/llm-configs|{"name":"a","provider":"openai","model":"m","fallbacks":"x"}|400|invalid_field|fallbacks
            acme|POST|/api/v1/llm-configs|{"name":"taken","provider":"openai","model":"m"}|409|config_exists|name
            acme|PATCH|/api/v1/llm-configs/taken|{"name":"other"}|409|config_exists|name
            acme|PATCH|/api/v1/llm-configs/taken|{}|400|invalid_field|
            acme|PATCH|/api/v1/llm-configs/none|{"model":"m"}|404|config_not_found|name
            acme|DELETE|/api/v1/llm-configs/none||404|config_not_found|name
            acme|PUT|/api/v1/llm-configs/none/key|{"api_key":"KEY"}|404|config_not_found|name
            acme|PUT|/api/v1/llm-configs/taken/key|{}|400|value_required|api_key
            acme|PUT|/api/v1/llm-configs/taken/key|{"api_key":""}|400|invalid_value|api_key
            acme|PUT|/api/v1/llm-configs/taken/key|{"api_key":"****"}|400|value_is_mask|api_key
            acme|PUT|/api/v1/llm-configs/taken/key|{"api_key":"sk-ant-api03-nobody-nobody"}|400|invalid_provider_key|api_key
            poor|PUT|/api/v1/llm-configs/taken/key|{"api_key":"KEY"}|403|byok_not_on_plan|
            acme|POST|/api/v1/llm-configs/taken/verify||400|value_required|api_key
            acme|GET|/api/v1/llm-configs?limit=0||400|invalid_field|limit
            acme|GET|/api/v1/audit?limit=201||400|invalid_field|limit
            acme|GET|/api/v1/audit?from=yesterday||400|invalid_field|from
            acme|GET|/api/v1/audit?cursor=%21||400|invalid_field|cursor
            """)
    void endsIn(
            String tenant,
            String method,
            String path,
            @Nullable String body,
            int status,
            String code,
            @Nullable String field) {
        String sent = body == null ? "" : body.replace("KEY", KEY);
        Answer answer = server.owner(tenant).send(method, path, sent, Map.of());

        assertThat(answer.status()).as(answer.all()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.text("detail")).isNotEmpty();
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.text("request_id")).isEqualTo(answer.header("X-Request-Id"));
        if (field != null) {
            assertThat(answer.json().path("errors").findValuesAsString("field")).containsExactly(field);
        }
        assertThat(answer.all()).doesNotContain(KEY);
    }

    @Test
    void aVaultThatCannotBeUsedIsUnavailableAndItsFilesAreNobodysBusiness() throws IOException {
        try (TestServer broken = TestServer.start()) {
            broken.vault().close();
            Files.writeString(broken.folder().resolve("vault.db"), "not a database ".repeat(1000));

            for (String path : new String[] {"/readyz", "/api/secrets", "/api/v1/audit"}) {
                Answer answer = broken.owner("acme").get(path);
                assertThat(answer.status()).as(path).isGreaterThanOrEqualTo(500);
                assertThat(answer.all()).doesNotContain("vault.db", "/tmp");
            }
        }
    }
}
