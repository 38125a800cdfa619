package dev.chatelaine.mcp.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.mcp.gateway.Application.Answered;
import dev.chatelaine.vault.audit.AuditQuery;
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

/** What a client gets wrong, and what it is told: nobody is asked, nothing is spent, the field at fault is named. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadRequestsIT {
    private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    @SuppressWarnings("NullAway.Init")
    private GatewayService service;

    @SuppressWarnings("NullAway.Init")
    private Application application;

    @BeforeAll
    void start(@TempDir Path home) throws IOException {
        service = GatewayService.in(home);
        application = service.application(service.key("app"));
    }

    @AfterAll
    void stop() {
        service.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stream | \"stream\":\"yes\"",
                "max_tokens | \"max_tokens\":-1",
                "max_tokens | \"max_tokens\":1000000000000",
                "max_tokens | \"max_tokens\":\"many\"",
                "max_completion_tokens | \"max_completion_tokens\":0",
                "n | \"n\":1000",
                "fallbacks | \"fallbacks\":\"groq/x\"",
                "fallbacks[0] | \"fallbacks\":[7]",
                "stream_options | \"stream\":true,\"stream_options\":1",
            })
    void aFieldThatCannotBeUsedIsNamed(String field, String member) {
        Answered answer = application.post(
                "/v1/chat/completions",
                "{\"model\":\"" + service.model("openai") + "\"," + MESSAGES + "," + member + "}");

        assertThat(answer.status()).as(answer.all()).isEqualTo(400);
        assertThat(answer.json().path("error").path("param").asString()).isEqualTo(field);
        assertThat(answer.json().path("error").path("type").asString()).isEqualTo("invalid_request_error");
        assertUntouched();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "messages | {\"model\":\"m\",\"messages\":[]}",
                "messages | {\"model\":\"m\"}",
                "messages[0] | {\"model\":\"m\",\"messages\":[\"hi\"]}",
                "messages[0] | {\"model\":\"m\",\"messages\":[{\"content\":\"hi\"}]}",
                "model | {\"model\":7,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"
            })
    void aRequestThatIsNoneIsRefused(String field, String body) {
        Answered answer = application.post("/v1/chat/completions", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("error").path("param").asString()).isEqualTo(field);
        assertUntouched();
    }

    @Test
    void whatIsNotJsonIsRefused() {
        for (String body : List.of("", "[]", "{", "{\"model\":1,\"model\":2}", "null", "[".repeat(500))) {
            Answered answer = application.post("/v1/chat/completions", body);
            assertThat(answer.status()).as(body).isEqualTo(400);
            assertThat(answer.json().path("error").path("message").asString()).isNotEmpty();
        }
        assertUntouched();
    }

    @Test
    void tenMebibytesAreTooMuch() {
        Answered answer =
                application.post("/v1/chat/completions", Application.body("openai/m", "x".repeat(10 << 20), ""));

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.code()).isEqualTo("body_too_large");
        assertUntouched();
    }

    @Test
    void aModelThatThereIsNotIsUnknown() {
        for (String model : List.of("nobody/m", "no-such-configuration", "openai/", "/x", "nobody.m")) {
            Answered answer = application.chat(model, "hi");
            assertThat(answer.status()).as(model + answer.all()).isEqualTo(404);
            assertThat(answer.code()).isEqualTo("model_unknown");
        }
        assertThat(application.chat("default", "hi").code()).isEqualTo("no_default_configuration");
        assertUntouched();
    }

    @Test
    void aModelThatTheKeyDoesNotAllowIsNotAsked() {
        Application bound = service.application(service.key("bound", List.of("groq/*"), null));

        Answered refused = bound.chat(service.model("openai"), "hi");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("model_not_allowed");
        assertThat(bound.chat(service.model("groq"), "hi").status()).isEqualTo(200);
        assertThat(service.vault()
                        .audit()
                        .events(GatewayService.OWNER, AuditQuery.newest())
                        .events())
                .anyMatch(event -> event.action().equals("llm.invoke"));
        assertUntouched();
    }

    @Test
    void aModelWithoutAPriceIsNotFreeOnACappedKey() {
        Application capped = service.application(service.key("capped", null, 1_000_000L));

        Answered refused = capped.chat("openai/fake-model-of-tomorrow", "hi");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("model_unpriced");
        assertUntouched();
        assertThat(application.chat("groq/fake-model-of-tomorrow", "hi").status())
                .isEqualTo(200);
    }

    @Test
    void aKeyThatIsNoneLetsNobodyIn() {
        for (String key : List.of("ck_" + "A".repeat(43), "ck_short", "sk-something", "x")) {
            Answered answer = service.application(key).chat(service.model("openai"), "hi");
            assertThat(answer.status()).as(answer.all()).isEqualTo(401);
            assertThat(answer.json().path("error").path("type").asString()).isEqualTo("authentication_error");
            assertThat(answer.header("www-authenticate")).startsWith("Bearer");
        }
        assertUntouched();
    }

    @Test
    void aWrongMethodIsAnErrorOfTheSameShape() {
        Answered answer = application.get("/v1/chat/completions");

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.code()).isEqualTo("method_not_allowed");
    }

    private void assertUntouched() {
        assertThat(service.provider("openai").requests()).isEmpty();
    }
}
