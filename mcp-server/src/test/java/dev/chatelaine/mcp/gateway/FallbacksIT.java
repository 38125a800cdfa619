package dev.chatelaine.mcp.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.gateway.fake.Script;
import dev.chatelaine.mcp.gateway.Application.Answered;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is asked after whom, and that a gateway key's bounds are those of each of them. */
class FallbacksIT {
    private static final List<String> ALL = List.of("openai", "groq", "mistral", "together");

    @TempDir
    private Path home;

    @SuppressWarnings("NullAway.Init")
    private GatewayService service;

    @SuppressWarnings("NullAway.Init")
    private Subscriber tenant;

    @BeforeEach
    void start() throws IOException {
        service = GatewayService.in(home);
        tenant = service.subscriber("planning", "pro");
        ALL.forEach(id -> tenant.own(id, service.provider(id).key()));
        tenant.configure("chat", service.provider("openai"), List.of(service.model("groq"), "spare"));
        tenant.configure("spare", service.provider("mistral"), List.of());
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void aConfigurationsOwnAreAskedInOrderAndTheGatewayKeysLast() {
        ALL.forEach(this::refuses);

        Answered answer = tenant.application(null, service.model("together")).chat("chat", "hello");

        assertThat(answer.status()).as(answer.all()).isEqualTo(502);
        assertThat(models(answer))
                .containsExactly(
                        service.model("openai"),
                        service.model("groq"),
                        service.model("mistral"),
                        service.model("together"));
    }

    @Test
    void theRequestsComeInPlaceOfTheConfigurations() {
        ALL.forEach(this::refuses);

        Answered answer = asked(
                tenant.application(null, service.model("groq")),
                ",\"fallbacks\":[\"" + service.model("together") + "\",\"spare\"]");

        assertThat(models(answer))
                .containsExactly(
                        service.model("openai"),
                        service.model("together"),
                        service.model("mistral"),
                        service.model("groq"));
    }

    @Test
    void theFirstThatAnswersIsTheLastThatIsAskedAndNobodyIsToldOfTheOthers() {
        refuses("openai");

        Answered answer = asked(
                tenant.application(null, service.model("mistral")),
                ",\"fallbacks\":[\"" + service.model("groq") + "\"]");

        assertThat(answer.said()).as(answer.all()).isEqualTo("heard: hello");
        assertThat(answer.header("x-chatelaine-provider")).isEqualTo("groq");
        assertThat(service.provider("mistral").requests()).isEmpty();
        for (String id : List.of("openai", "groq")) {
            assertThat(service.provider(id).last().body().has("fallbacks"))
                    .as(id)
                    .isFalse();
        }
    }

    @Test
    void oneThatTheKeyDoesNotAllowIsPassedOver() {
        ALL.forEach(this::refuses);
        Application bound = tenant.application(
                List.of(service.model("openai"), service.model("mistral")), service.model("together"));

        Answered answer = bound.chat("chat", "hello");

        assertThat(models(answer)).containsExactly(service.model("openai"), service.model("mistral"));
        assertThat(service.provider("groq").requests()).isEmpty();
        assertThat(service.provider("together").requests()).isEmpty();
    }

    @Test
    void aConfigurationWhoseModelTheKeyDoesNotAllowIsRefusedWhateverItIsCalled() {
        Answered answer = tenant.application(List.of("groq/*"), null).chat("chat", "hello");

        assertThat(answer.status()).as(answer.all()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("model_not_allowed");
        ALL.forEach(id -> assertThat(service.provider(id).requests()).as(id).isEmpty());
    }

    private Answered asked(Application application, String more) {
        return application.post("/v1/chat/completions", Application.body("chat", "hello", more));
    }

    private void refuses(String provider) {
        service.provider(provider)
                .next(Script.answer(401, service.provider(provider).errorBody(401, "no")));
    }

    private static List<String> models(Answered answer) {
        return answer.json()
                .path("error")
                .path("attempts")
                .valueStream()
                .map(attempt -> attempt.path("model").asString(""))
                .toList();
    }
}
