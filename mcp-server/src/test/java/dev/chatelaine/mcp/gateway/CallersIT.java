package dev.chatelaine.mcp.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.http.auth.SetClock;
import dev.chatelaine.mcp.gateway.Application.Answered;
import dev.chatelaine.vault.access.Role;
import dev.chatelaine.vault.gatewaykey.GatewayKeyName;
import dev.chatelaine.vault.gatewaykey.NewGatewayKey;
import dev.chatelaine.vault.usage.UsageGroup;
import dev.chatelaine.vault.usage.UsageGrouping;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may call: with a gateway key as long as it lives, with a token as far as its roles go, each in its own tenant. */
class CallersIT {
    private static final GatewayKeyName APP = new GatewayKeyName("app");
    private static final Duration GRACE = Duration.ofMinutes(10);

    @TempDir
    private Path home;

    private final SetClock clock = new SetClock(Instant.now());

    @SuppressWarnings("NullAway.Init")
    private GatewayService service;

    @BeforeEach
    void start() throws IOException {
        service = GatewayService.at(clock, home);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void aKeyWorksUntilItExpires() {
        String key = service.vault()
                .gatewayKeys()
                .create(
                        GatewayService.OWNER,
                        new NewGatewayKey(APP, null, null, null, clock.instant().plus(GRACE)))
                .secret();

        clock.advance(GRACE.minusMillis(1));
        assertWorks(key);
        clock.advance(Duration.ofMillis(1));
        assertRefused(key);
    }

    @Test
    void aKeyThatIsDeletedWorksNoMore() {
        String key = service.key("app");
        assertWorks(key);

        service.vault().gatewayKeys().delete(GatewayService.OWNER, APP);

        assertRefused(key);
    }

    @Test
    void aRotatedKeyWorksThroughTheGraceAndNoLonger() {
        String before = service.key("app");
        String after = service.vault()
                .gatewayKeys()
                .rotate(GatewayService.OWNER, APP, GRACE)
                .secret();

        clock.advance(GRACE.minusMillis(1));
        assertWorks(before);
        assertWorks(after);
        clock.advance(Duration.ofMillis(1));
        assertRefused(before);
        assertWorks(after);
    }

    @Test
    void withoutAGraceTheKeyBeforeWorksNoMoreAtOnce() {
        String before = service.key("app");
        service.vault().gatewayKeys().rotate(GatewayService.OWNER, APP, Duration.ZERO);

        assertRefused(before);
    }

    @Test
    void aKeyIsItsTenantsAloneWhateverTenantIsAskedFor() {
        Subscriber rival = service.subscriber("rival", "pro");
        rival.own("openai", "sk-rival-0123456789abcdef");

        assertThat(rival.application().chat(service.model("openai"), "hello").status())
                .isEqualTo(200);
        assertThat(service.provider("openai").last().header("authorization"))
                .contains("Bearer sk-rival-0123456789abcdef");
        Answered crossed = rival.application().asking("acme").chat(service.model("openai"), "hello");
        assertThat(crossed.status()).as(crossed.all()).isEqualTo(403);
        assertThat(crossed.code()).isEqualTo("wrong_tenant");
        assertThat(rival.application()
                        .asking("rival")
                        .chat(service.model("openai"), "hello")
                        .status())
                .isEqualTo(200);
        assertThat(service.provider("openai").requests()).hasSize(2);
    }

    @Test
    void aTokenThatMayInvokeModelsWorks() {
        Application member = service.application(token(Role.MEMBER));

        Answered answer = member.chat(service.model("openai"), "hello there");

        assertThat(answer.said()).as(answer.all()).isEqualTo("heard: hello there");
        assertThat(answer.header("x-chatelaine-credential")).isEqualTo("byok");
        assertThat(member.stream(service.model("anthropic"), "hello").events())
                .last()
                .isEqualTo("[DONE]");
        Await.that(() -> acme().used().requests() == 2);
        assertThat(acme().used(UsageGrouping.GATEWAY_KEY))
                .extracting(UsageGroup::group)
                .containsOnlyNulls();
    }

    @Test
    void oneThatMayNotIsRefused() {
        for (String path : new String[] {"/v1/chat/completions", "/v1/embeddings"}) {
            Answered answer = service.application(token(Role.VIEWER))
                    .post(
                            path,
                            "{\"model\":\"" + service.model("openai") + "\",\"input\":\"x\",\"messages\":"
                                    + "[{\"role\":\"user\",\"content\":\"hello\"}]}");
            assertThat(answer.status()).as(answer.all()).isEqualTo(403);
            assertThat(answer.code()).isEqualTo("permission_denied");
            assertThat(answer.json().path("error").path("type").asString()).isEqualTo("permission_error");
        }
        assertThat(service.application(token(Role.VIEWER)).get("/v1/models").status())
                .isEqualTo(403);
        assertThat(service.provider("openai").requests()).isEmpty();
    }

    @Test
    void oneOfAnotherTenantIsRefused() {
        service.subscriber("rival", "pro");
        String token = token(Role.MEMBER);

        Answered answer = service.application(token).asking("rival").chat(service.model("openai"), "hello");

        assertThat(answer.status()).as(answer.all()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("wrong_tenant");
        assertThat(service.provider("openai").requests()).isEmpty();
        assertThat(service.application(token)
                        .asking("acme")
                        .chat(service.model("openai"), "hello")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void oneThatHasExpiredIsRefused() {
        String token = token(Role.OWNER);
        clock.advance(Duration.ofHours(1));

        Answered answer = service.application(token).chat(service.model("openai"), "hello");

        assertThat(answer.status()).as(answer.all()).isEqualTo(401);
        assertThat(answer.json().path("error").path("type").asString()).isEqualTo("authentication_error");
    }

    private String token(Role role) {
        return service.token(GatewayService.ACME, "mia", role);
    }

    private Subscriber acme() {
        return new Subscriber(service, GatewayService.OWNER);
    }

    private void assertWorks(String key) {
        Answered answer = service.application(key).chat(service.model("openai"), "hello");
        assertThat(answer.status()).as(answer.all()).isEqualTo(200);
    }

    private void assertRefused(String key) {
        int asked = service.provider("openai").requests().size();
        Answered answer = service.application(key).chat(service.model("openai"), "hello");
        assertThat(answer.status()).as(answer.all()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("invalid_api_key");
        assertThat(service.provider("openai").requests()).hasSize(asked);
    }
}
