package dev.chatelaine.mcp.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.gateway.fake.FakeProvider;
import dev.chatelaine.gateway.fake.Script;
import dev.chatelaine.mcp.gateway.Application.Answered;
import dev.chatelaine.vault.usage.UsageGrouping;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pool serves as many tokens a month as the plan says and no more, however many ask at once. */
class PoolQuotaIT {
    private static final int AT_ONCE = 40;
    private static final long QUOTA = 2_000;
    private static final String PLANS = "plans:\n  tight: { byok: true, tiers: [economical, premium],"
            + " pool_tokens_per_month: " + QUOTA + " }\n";

    @TempDir
    private Path home;

    @SuppressWarnings("NullAway.Init")
    private GatewayService service;

    @SuppressWarnings("NullAway.Init")
    private Subscriber tight;

    @BeforeEach
    void start() throws IOException {
        service = GatewayService.with(PLANS, home);
        service.pool("openai", "sk-pool-0123456789abcdef");
        tight = service.subscriber("tight", "tight");
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void ofManyAtOnceAsManyPassAsTheQuotaHasRoomFor() throws Exception {
        int admitted = (int) (QUOTA / worst());
        assertThat(admitted).isBetween(2, AT_ONCE / 2);
        FakeProvider provider = service.provider("openai");
        provider.reset();
        CountDownLatch answer = hold(admitted);
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        Application application = tight.application();
        List<Future<Answered>> asked = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            asked.add(threads.submit(() -> application.chat(service.model("openai"), "round")));
        }

        Await.that(() -> asked.stream().filter(Future::isDone).count() == AT_ONCE - admitted);
        assertThat(provider.requests()).hasSize(admitted);
        answer.countDown();
        int passed = 0;
        for (Future<Answered> one : asked) {
            passed += one.get().status() == 200 ? 1 : 0;
            if (one.get().status() != 200) {
                assertExceeded(one.get());
            }
        }
        threads.shutdown();

        assertThat(passed).isEqualTo(admitted);
        Await.that(() -> tight.quota().reserved() == 0);
        assertThat(tight.quota().used()).isEqualTo(12L * admitted);
        Await.that(() -> tight.used().requests() == AT_ONCE);
        assertThat(tight.used().failed()).isEqualTo(AT_ONCE - admitted);
        assertThat(tight.used(UsageGrouping.CREDENTIAL))
                .extracting(group -> group.group() + " " + group.requests())
                .containsExactlyInAnyOrder("pool " + admitted, "none " + (AT_ONCE - admitted));
    }

    @Test
    void oneThatIsTooLongForWhatIsLeftIsRefusedAndNobodyIsAsked() {
        Answered answer = tight.application()
                .post(
                        "/v1/chat/completions",
                        Application.body(service.model("openai"), "hi", ",\"max_completion_tokens\":" + QUOTA));

        assertExceeded(answer);
        assertThat(answer.json().path("error").path("message").asString()).contains("2000", "tight");
        assertThat(service.provider("openai").requests()).isEmpty();
        assertThat(tight.quota().used()).isZero();
    }

    @Test
    void whatThePoolHasNoRoomForAnOwnKeyOfAFallbackAnswers() {
        tight.own("groq", "gsk_own0123456789abcdef");

        Answered answer = tight.application(null, service.model("groq"))
                .post(
                        "/v1/chat/completions",
                        Application.body(service.model("openai"), "hi", ",\"max_completion_tokens\":" + QUOTA));

        assertThat(answer.status()).as(answer.all()).isEqualTo(200);
        assertThat(answer.header("x-chatelaine-provider")).isEqualTo("groq");
        assertThat(answer.header("x-chatelaine-credential")).isEqualTo("byok");
        assertThat(service.provider("openai").requests()).isEmpty();
    }

    @Test
    void whoHasAnOwnKeyIsAnsweredHoweverFewTokensAreLeft() {
        tight.own("openai", "sk-own-0123456789abcdef");

        Answered answer = tight.application()
                .post(
                        "/v1/chat/completions",
                        Application.body(service.model("openai"), "hi", ",\"max_completion_tokens\":" + QUOTA));

        assertThat(answer.status()).as(answer.all()).isEqualTo(200);
        assertThat(answer.header("x-chatelaine-credential")).isEqualTo("byok");
        Await.that(() -> tight.used().requests() == 1);
        assertThat(tight.quota().used()).isZero();
    }

    private static void assertExceeded(Answered answer) {
        assertThat(answer.status()).as(answer.all()).isEqualTo(429);
        assertThat(answer.code()).isEqualTo("pool_quota_exceeded");
    }

    /** What one of these requests reserves, of a tenant beside. */
    private long worst() throws Exception {
        Subscriber other = service.subscriber("other", "core");
        CountDownLatch answer = hold(1);
        Application application = other.application();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        Future<Answered> under = thread.submit(() -> application.chat(service.model("openai"), "round"));
        Await.that(() -> service.provider("openai").requests().size() == 1);
        long reserved = other.quota().reserved();
        answer.countDown();
        assertThat(under.get().status()).isEqualTo(200);
        thread.shutdown();
        return reserved;
    }

    private CountDownLatch hold(int times) {
        CountDownLatch answer = new CountDownLatch(1);
        Script held = exchange -> {
            answer.await();
            exchange.answer(
                    200,
                    "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,"
                            + "\"message\":{\"role\":\"assistant\",\"content\":\"so\"},\"finish_reason\":\"stop\"}],"
                            + "\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":2,\"total_tokens\":12}}");
        };
        for (int i = 0; i < times; i++) {
            service.provider("openai").next(held);
        }
        return answer;
    }
}
