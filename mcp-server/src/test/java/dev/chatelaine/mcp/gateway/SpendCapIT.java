package dev.chatelaine.mcp.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.gateway.fake.FakeProvider;
import dev.chatelaine.gateway.fake.Script;
import dev.chatelaine.mcp.gateway.Application.Answered;
import dev.chatelaine.mcp.serve.HttpService;
import dev.chatelaine.vault.PostgresServer;
import dev.chatelaine.vault.usage.KeySpend;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cap is never overspent, however many ask at once and wherever. */
class SpendCapIT {
    private static final int AT_ONCE = 100;
    private static final int ADMITTED = 10;
    private static final int ROUNDS = 3;

    @TempDir
    private Path home;

    @Test
    void ofAHundredAtOnceAsManyPassAsTheCapHasRoomFor() throws Exception {
        try (GatewayService service = GatewayService.in(home)) {
            rounds(service, List.of(service.address()));
        }
    }

    @Test
    void soOnTwoNodesOfOneDatabase() throws Exception {
        String database =
                PostgresServer.shared().create("caps_" + Long.toString(System.nanoTime(), Character.MAX_RADIX));
        try (GatewayService service = GatewayService.in(home, Map.of("CHATELAINE_DATABASE_URL", database))) {
            HttpService other = service.anotherNode();
            rounds(service, List.of(service.address(), other.address()));
        }
    }

    @Test
    void whoIsRefusedIsToldWhichKeyItIs() throws Exception {
        try (GatewayService service = GatewayService.in(home)) {
            Answered answer =
                    service.application(service.key("nightly-report", null, 1L)).chat(service.model("openai"), "hello");

            assertThat(answer.status()).isEqualTo(402);
            assertThat(answer.json().path("error").path("message").asString())
                    .contains("nightly-report")
                    .doesNotContain("gwk_");
        }
    }

    private static void rounds(GatewayService service, List<URI> nodes) throws Exception {
        long worst = worst(service);
        for (int round = 0; round < ROUNDS; round++) {
            String name = "round-" + round;
            String key = service.key(name, null, worst * ADMITTED + worst / 2);
            round(service, nodes, key);
            Await.that(() -> service.spend(name).reserved() == 0);
            KeySpend spend = service.spend(name);
            assertThat(spend.spent()).isPositive().isLessThanOrEqualTo(worst * ADMITTED);
            assertThat(spend.overrun()).isZero();
        }
    }

    /** What one of these requests reserves. */
    private static long worst(GatewayService service) throws Exception {
        FakeProvider provider = service.provider("openai");
        CountDownLatch answer = hold(provider, 1);
        Application application = service.application(service.key("one", null, 1_000_000_000L));
        ExecutorService thread = Executors.newSingleThreadExecutor();
        Future<Answered> under = thread.submit(() -> application.chat(service.model("openai"), "round"));
        Await.that(() -> provider.requests().size() == 1);
        long reserved = service.spend("one").reserved();
        answer.countDown();
        assertThat(under.get().status()).isEqualTo(200);
        thread.shutdown();
        provider.reset();
        assertThat(reserved).isPositive();
        return reserved;
    }

    /** All are asked together: who passes stays under way until nobody waits for an answer but those. */
    private static void round(GatewayService service, List<URI> nodes, String key) throws Exception {
        FakeProvider provider = service.provider("openai");
        CountDownLatch answer = hold(provider, AT_ONCE);
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        List<Future<Answered>> asked = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            Application application = new Application(nodes.get(i % nodes.size()), key);
            asked.add(threads.submit(() -> application.chat(service.model("openai"), "round")));
        }
        Await.that(() -> asked.stream().filter(Future::isDone).count() == AT_ONCE - ADMITTED);
        assertThat(provider.requests()).hasSize(ADMITTED);
        answer.countDown();
        int passed = 0;
        for (Future<Answered> one : asked) {
            Answered answered = one.get();
            passed += answered.status() == 200 ? 1 : 0;
            if (answered.status() != 200) {
                assertThat(answered.status()).as(answered.all()).isEqualTo(402);
                assertThat(answered.code()).isEqualTo("spend_cap_reached");
            }
        }
        assertThat(passed).isEqualTo(ADMITTED);
        threads.shutdown();
        provider.reset();
    }

    private static CountDownLatch hold(FakeProvider provider, int times) {
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
            provider.next(held);
        }
        return answer;
    }
}
