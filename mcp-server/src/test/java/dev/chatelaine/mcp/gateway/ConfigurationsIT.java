package dev.chatelaine.mcp.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.gateway.fake.FakeProvider;
import dev.chatelaine.mcp.gateway.Application.Answered;
import dev.chatelaine.vault.provider.KeyStatus;
import dev.chatelaine.vault.usage.UsageGroup;
import dev.chatelaine.vault.usage.UsageGrouping;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that is an LLM configuration: its provider, its place and its key. */
class ConfigurationsIT {
    private static final String MESSAGES = "{\"messages\":[{\"role\":\"user\",\"content\":\"hello there\"}]}";
    private static final String TENANTS = "sk-tenant-0123456789abcdef";
    private static final String ITS_OWN = "sk-configuration-0123456789abcdef";

    @TempDir
    private Path home;

    @SuppressWarnings("NullAway.Init")
    private GatewayService service;

    @SuppressWarnings("NullAway.Init")
    private FakeProvider openai;

    @SuppressWarnings("NullAway.Init")
    private Subscriber tenant;

    @BeforeEach
    void start() throws IOException {
        service = GatewayService.in(home);
        openai = service.provider("openai");
        tenant = service.subscriber("planning", "pro");
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void itsNameIsItsProvidersModel() {
        tenant.own("openai", TENANTS);
        tenant.configure("chat", openai, List.of());

        Answered answer = tenant.application().chat("chat", "hello there");

        assertThat(answer.said()).as(answer.all()).isEqualTo("heard: hello there");
        assertThat(answer.header("x-chatelaine-provider")).isEqualTo("openai");
        assertThat(answer.header("x-chatelaine-model")).isEqualTo(openai.model());
        assertThat(openai.last().body().path("model").asString()).isEqualTo(openai.model());
        Await.that(() -> tenant.used().requests() == 1);
        assertThat(tenant.used(UsageGrouping.CONFIG))
                .extracting(UsageGroup::group)
                .containsExactly("chat");
    }

    @Test
    void theDefaultIsMeantByItsNameAndWhereNoModelIsNamed() {
        tenant.own("openai", TENANTS);
        tenant.own("groq", "gsk_tenant0123456789abcdef");
        tenant.configure("first", openai, List.of());
        tenant.configure("second", service.provider("groq"), List.of());
        tenant.makeDefault("second");
        Application application = tenant.application();

        assertThat(application.chat("default", "hello").header("x-chatelaine-provider"))
                .isEqualTo("groq");
        assertThat(application.post("/v1/chat/completions", MESSAGES).header("x-chatelaine-provider"))
                .isEqualTo("groq");
        tenant.makeDefault("first");
        assertThat(application.post("/v1/chat/completions", MESSAGES).header("x-chatelaine-provider"))
                .isEqualTo("openai");
    }

    @Test
    void whereThereIsNoneNobodyIsAsked() {
        tenant.own("openai", TENANTS);

        for (Answered answer : List.of(
                tenant.application().post("/v1/chat/completions", MESSAGES),
                tenant.application().chat("default", "hello"))) {
            assertThat(answer.status()).as(answer.all()).isEqualTo(400);
            assertThat(answer.code()).isEqualTo("no_default_configuration");
        }
        assertThat(openai.requests()).isEmpty();
    }

    @Test
    void itsOwnKeyComesBeforeTheTenantsAndThatBeforeThePools() {
        service.pool("openai", "sk-pool-0123456789abcdef");
        tenant.own("openai", TENANTS);
        tenant.configure("chat", openai, List.of());
        tenant.configurationKey("chat", ITS_OWN);
        openai.accept(ITS_OWN);
        Application application = tenant.application();

        assertThat(application.chat("chat", "hello").header("x-chatelaine-attempts"))
                .isEqualTo("1");
        assertThat(sentKeys()).containsExactly(ITS_OWN);

        openai.revoke(ITS_OWN);
        openai.revoke(TENANTS);
        openai.reset();
        Answered answer = application.chat("chat", "hello");

        assertThat(answer.status()).as(answer.all()).isEqualTo(200);
        assertThat(answer.header("x-chatelaine-credential")).isEqualTo("pool");
        assertThat(sentKeys()).containsExactly(ITS_OWN, TENANTS, "sk-pool-0123456789abcdef");
        Await.that(() -> tenant.configurationKeyStatus("chat") == KeyStatus.INVALID
                && tenant.status("openai") == KeyStatus.INVALID);
    }

    @Test
    void itsOwnPlaceIsAskedWithItsOwnKey() {
        openai.accept(ITS_OWN);
        tenant.configure("house", "custom", "fake-model-of-the-house", place(openai), List.of());
        tenant.configurationKey("house", ITS_OWN);

        Answered answer = tenant.application().chat("house", "hello there");

        assertThat(answer.said()).as(answer.all()).isEqualTo("heard: hello there");
        assertThat(answer.header("x-chatelaine-provider")).isEqualTo("custom");
        assertThat(answer.header("x-chatelaine-credential")).isEqualTo("byok");
        assertThat(sentKeys()).containsExactly(ITS_OWN);
    }

    @Test
    void aPlaceOfItsOwnNeverSeesTheTenantsKeyNorThePools() {
        service.pool("openai", "sk-pool-0123456789abcdef");
        tenant.own("openai", TENANTS);
        tenant.configure("elsewhere", "openai", openai.model(), place(service.provider("groq")), List.of());

        Answered answer = tenant.application().chat("elsewhere", "hello");

        assertThat(answer.status()).as(answer.all()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("no_credential");
        assertThat(service.provider("groq").requests()).isEmpty();
        assertThat(openai.requests()).isEmpty();
    }

    @Test
    void anotherTenantsIsUnknown() {
        tenant.own("openai", TENANTS);
        tenant.configure("chat", openai, List.of());

        Answered answer = service.application(service.key("app")).chat("chat", "hello");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("model_unknown");
    }

    private static String place(FakeProvider provider) {
        return provider.baseUrl().toString();
    }

    private List<String> sentKeys() {
        return openai.requests().stream()
                .map(request -> request.header("authorization").orElse("").replaceFirst("Bearer ", ""))
                .toList();
    }
}
