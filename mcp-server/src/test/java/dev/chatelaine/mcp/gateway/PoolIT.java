package dev.chatelaine.mcp.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.mcp.gateway.Application.Answered;
import dev.chatelaine.vault.pool.PoolKey;
import dev.chatelaine.vault.provider.KeyStatus;
import dev.chatelaine.vault.usage.UsageGroup;
import dev.chatelaine.vault.usage.UsageGrouping;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom the pool serves, and with what: never before the tenant's own key, never beyond its plan. */
class PoolIT {
    private static final String POOLED = "sk-pool-0123456789abcdef";
    private static final String OWN = "sk-own-0123456789abcdef";
    private static final String FLAGSHIP = "openai/gpt-6-astra";

    @TempDir
    private Path home;

    @SuppressWarnings("NullAway.Init")
    private GatewayService service;

    @BeforeEach
    void start() throws IOException {
        service = GatewayService.in(home);
        service.pool("openai", POOLED);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void whoHasNoKeyIsServedByThePoolWhichCountsTokens() {
        Subscriber frugal = service.subscriber("frugal", "starter");

        Answered answer = frugal.application().chat(service.model("openai"), "hello there");

        assertThat(answer.said()).isEqualTo("heard: hello there");
        assertThat(answer.header("x-chatelaine-credential")).isEqualTo("pool");
        assertThat(sentKey()).isEqualTo(POOLED);
        Await.that(() -> frugal.used().requests() == 1);
        UsageGroup used = frugal.used(UsageGrouping.CREDENTIAL).get(0);
        assertThat(used.group()).isEqualTo("pool");
        long tokens = answer.json().path("usage").path("total_tokens").asLong();
        assertThat(tokens).isPositive();
        assertThat(frugal.quota().used())
                .isEqualTo(tokens)
                .isEqualTo(used.tokens().prompt() + used.tokens().completion());
        assertThat(frugal.quota().reserved()).isZero();
    }

    @Test
    void aStreamOfThePoolIsCountedToo() {
        Subscriber frugal = service.subscriber("frugal", "starter");

        Answered answer = frugal.application().stream(service.model("openai"), "hello there");

        assertThat(answer.header("x-chatelaine-credential")).isEqualTo("pool");
        Await.that(() -> frugal.quota().used() > 0);
        assertThat(frugal.quota().reserved()).isZero();
    }

    @Test
    void anOwnKeyIsAskedFirstAndUsesNoneOfTheQuota() {
        Subscriber owner = service.subscriber("owner", "core");
        owner.own("openai", OWN);

        Answered answer = owner.application().chat(service.model("openai"), "hello there");

        assertThat(answer.header("x-chatelaine-credential")).isEqualTo("byok");
        assertThat(sentKey()).isEqualTo(OWN);
        Await.that(() -> owner.used().requests() == 1);
        assertThat(owner.used(UsageGrouping.CREDENTIAL).get(0).group()).isEqualTo("byok");
        assertThat(owner.quota().used()).isZero();
        assertThat(owner.quota().reserved()).isZero();
    }

    @Test
    void anOwnKeyThatFailsIsMarkedAndThePoolServes() {
        Subscriber owner = service.subscriber("owner", "core");
        owner.own("openai", OWN);
        service.provider("openai").revoke(OWN);

        Answered answer = owner.application().chat(service.model("openai"), "hello there");

        assertThat(answer.said()).as(answer.all()).isEqualTo("heard: hello there");
        assertThat(answer.header("x-chatelaine-credential")).isEqualTo("pool");
        assertThat(answer.header("x-chatelaine-attempts")).isEqualTo("2");
        Await.that(() -> owner.status("openai") == KeyStatus.INVALID);
        Await.that(() -> owner.quota().used() > 0);
        assertThat(owner.used(UsageGrouping.CREDENTIAL)).hasSize(1).first().satisfies(group -> {
            assertThat(group.group()).isEqualTo("pool");
            assertThat(group.requests()).isEqualTo(1);
        });
        service.provider("openai").accept(OWN);
        owner.application().chat(service.model("openai"), "and again");
        Await.that(() -> owner.status("openai") == KeyStatus.VALID);
    }

    @Test
    void anOwnKeyOpensWhatThePlanDoesNotAndThePoolDoesNotStandInForIt() {
        Subscriber owner = service.subscriber("owner", "core");
        owner.own("openai", OWN);

        assertThat(owner.application().chat(FLAGSHIP, "hello").header("x-chatelaine-credential"))
                .isEqualTo("byok");
        service.provider("openai").revoke(OWN);
        Answered refused = owner.application().chat(FLAGSHIP, "hello");

        assertThat(refused.status()).isEqualTo(502);
        assertThat(refused.attempts()).containsExactly("key_rejected");
        assertThat(service.provider("openai").requests()).hasSize(2);
    }

    @Test
    void whatMayNotBeAskedIsToldApart() {
        Subscriber frugal = service.subscriber("frugal", "core");
        Application application = frugal.application();

        assertRefused(application.chat(FLAGSHIP, "hi"), 403, "model_not_in_plan");
        assertRefused(application.chat(service.model("groq"), "hi"), 403, "no_credential");
        assertRefused(application.chat("nobody/model", "hi"), 404, "model_unknown");
        assertThat(service.provider("openai").requests()).isEmpty();
        assertThat(service.provider("groq").requests()).isEmpty();
    }

    @Test
    void aModelThatTheCatalogueDoesNotKnowIsAskedWithTheOwnKeyAlone() {
        Subscriber owner = service.subscriber("owner", "pro");
        String unknown = "openai/fake-model-of-tomorrow";
        assertRefused(owner.application().chat(unknown, "hi"), 403, "no_credential");

        owner.own("openai", OWN);
        assertThat(owner.application().chat(unknown, "hi").header("x-chatelaine-credential"))
                .isEqualTo("byok");
        service.provider("openai").revoke(OWN);
        Answered refused = owner.application().chat(unknown, "hi");

        assertThat(refused.status()).isEqualTo(502);
        assertThat(service.provider("openai").requests())
                .hasSize(2)
                .noneMatch(request -> request.header("authorization").orElse("").contains(POOLED));
    }

    @Test
    void aPlanWithoutOwnKeysLeavesThoseThatAreThereUnused() {
        Subscriber owner = service.subscriber("owner", "core");
        owner.own("openai", OWN);
        owner.moveTo("starter");

        Answered answer = owner.application().chat(service.model("openai"), "hello");

        assertThat(answer.header("x-chatelaine-credential")).isEqualTo("pool");
        assertThat(sentKey()).isEqualTo(POOLED);
    }

    @Test
    void aPoolKeyThatFailsIsMarkedAndTheNextCandidateAsked() {
        service.pool("mistral", "pool-mistral-0123456789");
        service.provider("openai").revoke(POOLED);
        Subscriber frugal = service.subscriber("frugal", "core");

        Answered answer = frugal.application()
                .post(
                        "/v1/chat/completions",
                        Application.body(
                                service.model("openai"),
                                "hello",
                                ",\"fallbacks\":[\"" + service.model("mistral") + "\"]"));

        assertThat(answer.status()).as(answer.all()).isEqualTo(200);
        assertThat(answer.header("x-chatelaine-provider")).isEqualTo("mistral");
        Await.that(() -> service.vault().pool().list(GatewayService.OWNER).stream()
                .filter(key -> key.provider().value().equals("openai"))
                .map(PoolKey::status)
                .allMatch(KeyStatus.INVALID::equals));
        Await.that(() -> frugal.used().requests() == 1);
        assertThat(frugal.quota().reserved()).isZero();
    }

    private String sentKey() {
        return service.provider("openai")
                .last()
                .header("authorization")
                .orElse("")
                .replaceFirst("Bearer ", "");
    }

    private static void assertRefused(Answered answer, int status, String code) {
        assertThat(answer.status()).as(answer.all()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
    }
}
