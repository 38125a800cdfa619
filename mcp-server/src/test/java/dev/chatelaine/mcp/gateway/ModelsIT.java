package dev.chatelaine.mcp.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.mcp.gateway.Application.Answered;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What models a key may name, all of them and one by one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModelsIT {
    @SuppressWarnings("NullAway.Init")
    private GatewayService service;

    @SuppressWarnings("NullAway.Init")
    private Subscriber tenant;

    @BeforeAll
    void start(@TempDir Path home) throws IOException {
        service = GatewayService.in(home);
        service.pool("openai", "sk-pool-0123456789abcdef");
        tenant = service.subscriber("naming", "core");
        tenant.own("groq", "gsk_own0123456789abcdef");
        tenant.configure("chat", service.provider("groq"), List.of());
    }

    @AfterAll
    void stop() {
        service.close();
    }

    @ParameterizedTest
    @CsvSource({
        "openai%2Fgpt-4.1-mini, openai/gpt-4.1-mini, openai",
        "openai/gpt-4.1-mini, openai/gpt-4.1-mini, openai",
        "groq%2fopenai%2fgpt-oss-20b, groq/openai/gpt-oss-20b, groq",
        "groq/openai%2Fgpt-oss-20b, groq/openai/gpt-oss-20b, groq",
        "groq%2Ffake-model%20of%20tomorrow, groq/fake-model of tomorrow, groq",
        "chat, chat, groq"
    })
    void oneThatTheKeyMayNameIsThere(String path, String id, String provider) {
        Answered answer = tenant.application().get("/v1/models/" + path);

        assertThat(answer.status()).as(answer.all()).isEqualTo(200);
        assertThat(answer.json().path("id").asString()).isEqualTo(id);
        assertThat(answer.json().path("object").asString()).isEqualTo("model");
        assertThat(answer.json().path("owned_by").asString()).isEqualTo(provider);
        assertThat(answer.json().path("created").isIntegralNumber()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nobody%2Fmodel",
                "no-such-configuration",
                "openai%2Fgpt-6-astra",
                "openai%2Ffake-model-of-tomorrow",
                "mistral%2Fmistral-small-latest",
                "openai%2F",
                "%2F",
                "..%2F..%2Fapi%2Fsecrets"
            })
    void oneThatItMayNotOrThatThereIsNotIsNot(String path) {
        Answered answer = tenant.application().get("/v1/models/" + path);

        assertThat(answer.status()).as(answer.all()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("model_unknown");
        assertThat(answer.json().path("error").path("type").asString()).isEqualTo("invalid_request_error");
        assertThat(answer.json().path("error").path("request_id").asString())
                .isEqualTo(answer.header("x-chatelaine-request-id"));
    }

    @Test
    void eachThatIsListedIsThere() {
        Application application = tenant.application(List.of("groq/*"), null);
        List<String> listed = application
                .get("/v1/models")
                .json()
                .path("data")
                .valueStream()
                .map(model -> model.path("id").asString())
                .toList();

        assertThat(listed).contains("chat").hasSizeGreaterThan(2);
        for (String id : listed) {
            assertThat(application
                            .get("/v1/models/" + id.replace("/", "%2F"))
                            .json()
                            .path("id")
                            .asString())
                    .isEqualTo(id);
        }
        assertThat(application.get("/v1/models/openai%2Fgpt-4.1-mini").status()).isEqualTo(404);
    }

    @Test
    void whoIsNobodyIsToldSo() {
        Answered answer = service.application("ck_" + "A".repeat(43)).get("/v1/models/openai%2Fgpt-4.1-mini");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("invalid_api_key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1%2Fmodels/chat",
                "/v1/chat%2Fcompletions",
                "/v1/models%2Fchat",
                "/v1/models/../models/chat",
                "/v1/models/%2e%2e/models",
                "/v1/models/chat;x=1",
                "/api/secrets/a%2Fb"
            })
    void aSlashIsHiddenNowhereElse(String path) {
        Answered answer = tenant.application().get(path);

        assertThat(answer.status()).as(answer.all()).isEqualTo(400);
    }
}
