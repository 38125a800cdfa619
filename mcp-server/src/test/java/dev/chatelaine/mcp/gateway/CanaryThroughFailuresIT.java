package dev.chatelaine.mcp.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.gateway.fake.FakeProvider;
import dev.chatelaine.gateway.fake.Script;
import dev.chatelaine.mcp.gateway.Application.Answered;
import dev.chatelaine.vault.Canary;
import dev.chatelaine.vault.audit.AuditQuery;
import dev.chatelaine.vault.usage.UsageGrouping;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every way in which a provider, a caller or the gateway itself may end a request badly, with keys, prompts and answers that
 * are canaries: afterwards no key is anywhere, and prompts and answers are in the callers' own answers alone.
 */
class CanaryThroughFailuresIT {
    private static final String RUN = Long.toString(System.nanoTime(), Character.MAX_RADIX);
    private static final Canary PROMPT = new Canary("canary+prompt/" + RUN + "~Zz9 flies over the;sea");
    private static final Canary ANSWER = new Canary("canary+answer/" + RUN + "~Zz9 sings of; it");
    private static final String PLANS =
            "plans:\n  tight: { byok: true, tiers: [economical, premium]," + " pool_tokens_per_month: 10 }\n";

    @TempDir
    private Path home;

    private final PrintStream usual = System.err;
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final List<Answered> answers = new ArrayList<>();
    private final List<Canary> keys = new ArrayList<>();
    private final Hideouts hideouts = new Hideouts();

    @BeforeEach
    void listen() {
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void listenNoMore() {
        System.setErr(usual);
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "anthropic"})
    void nothingIsFoundAnywhereAfterwards(String provider) throws Exception {
        List<String> told;
        try (GatewayService service = GatewayService.with(PLANS, home)) {
            String key = key(provider, "own");
            Subscriber tenant = service.subscriber("canary", "tight");
            tenant.own(provider, key);
            fail(service, tenant, service.provider(provider), key);
            refuse(service, tenant, provider);
            told = told(service, tenant);
        }
        assertAnswersAreClean();
        assertThat(log.toString(StandardCharsets.UTF_8)).contains("route=/v1/chat/completions");
        told.add(log.toString(StandardCharsets.UTF_8));
        for (Canary canary :
                Stream.concat(keys.stream(), Stream.of(PROMPT, ANSWER)).toList()) {
            told.forEach(text -> assertThat(canary.foundIn(text)).as(text).isEmpty());
            hideouts.search(home, canary);
        }
    }

    private String key(String provider, String whose) {
        String key = (provider.equals("openai") ? "sk-" : "sk-ant-") + "canary+" + whose + "/" + RUN + "~Zz9;k";
        keys.add(new Canary(key));
        return key;
    }

    private void fail(GatewayService service, Subscriber tenant, FakeProvider provider, String key) throws Exception {
        Misbehaviours misbehaviours = new Misbehaviours(provider, key, PROMPT.value(), ANSWER.value());
        Application application = application(tenant);
        String model = service.model(provider.id());
        for (Misbehaviours.Way way : misbehaviours.whole()) {
            plan(provider, way);
            answers.add(application.chat(model, PROMPT.value()));
            plan(provider, way);
            answers.add(application.stream(model, PROMPT.value()));
        }
        for (Misbehaviours.Way way : misbehaviours.streams()) {
            plan(provider, way);
            answers.add(application.stream(model, PROMPT.value()));
        }
        provider.reset();
        answers.add(application.chat(model, PROMPT.value()));
        answers.add(application.stream(model, PROMPT.value()));
        int answered = answers.size();
        int hungUp = hangUp(service, provider, misbehaviours.begun(), tenant);
        Await.that(() -> tenant.used().requests() == answered + hungUp);
    }

    private static void plan(FakeProvider provider, Misbehaviours.Way way) {
        provider.reset();
        way.tries().forEach(provider::next);
    }

    /** Callers who go before anything has come, and after a part has. */
    private int hangUp(GatewayService service, FakeProvider provider, String begun, Subscriber tenant)
            throws Exception {
        List<String> moments = List.of("", begun);
        for (String events : moments) {
            CountDownLatch under = new CountDownLatch(1);
            CountDownLatch gone = new CountDownLatch(1);
            Script script = exchange -> {
                if (!events.isEmpty()) {
                    exchange.streamHead();
                    exchange.write(events);
                }
                under.countDown();
                exchange.awaitGone();
                gone.countDown();
            };
            provider.next(script);
            try (Socket caller = application(tenant)
                    .call(Application.body(service.model(provider.id()), PROMPT.value(), ",\"stream\":true"))) {
                under.await();
            }
            gone.await();
        }
        return moments.size();
    }

    /** Refusals: by a cap, by the pool's quota, the plan, the key's models, and of requests that are none. */
    private void refuse(GatewayService service, Subscriber tenant, String provider) {
        String model = service.model(provider);
        String inPool = key(provider, "pool");
        service.pool(provider, inPool);
        Subscriber poor = service.subscriber("poor", "tight");
        answers.add(application(poor).chat(model, PROMPT.value()));
        answers.add(application(poor).chat(service.model("groq"), PROMPT.value()));
        Subscriber pooled = service.subscriber("pooled", "core");
        answers.add(application(pooled).chat(model, PROMPT.value()));
        service.provider(provider)
                .next(Script.answer(401, service.provider(provider).errorBody(401, inPool + " " + PROMPT.value())));
        answers.add(application(pooled).stream(model, PROMPT.value()));
        answers.add(tenant.application(List.of("mistral/*"), null).chat(model, PROMPT.value()));
        String capped = service.key("capped-" + provider, null, 1L);
        keys.add(new Canary(capped));
        answers.add(service.application(capped).chat(model, PROMPT.value()));
        Application application = application(tenant);
        answers.add(application.chat("nobody/" + "m", PROMPT.value()));
        answers.add(application.post("/v1/chat/completions", "{\"messages\":\"" + PROMPT.value() + "\"}"));
        answers.add(application.post("/v1/chat/completions", PROMPT.value()));
        answers.add(application.post(
                "/v1/embeddings", "{\"model\":\"" + model + "\",\"input\":\"" + PROMPT.value() + "\"}"));
    }

    private Application application(Subscriber tenant) {
        Application application = tenant.application();
        keys.add(new Canary(application.key()));
        return application;
    }

    /** What the instance tells of itself and of the tenant. */
    private static List<String> told(GatewayService service, Subscriber tenant) {
        List<String> told = new ArrayList<>();
        service.vault().audit().events(tenant.owner(), AuditQuery.newest()).events().stream()
                .map(Object::toString)
                .forEach(told::add);
        for (UsageGrouping by : UsageGrouping.values()) {
            told.add(tenant.used(by).toString());
        }
        told.add(new Application(service.metrics(), "nobody").get("/metrics").text());
        assertThat(told.get(told.size() - 1)).contains("/v1/chat/completions");
        return told;
    }

    private void assertAnswersAreClean() {
        assertThat(answers).extracting(Answered::status).contains(200, 400, 402, 403, 404, 429, 502, 503, 504);
        for (Answered answer : answers) {
            keys.forEach(key ->
                    assertThat(key.foundIn(answer.all())).as(answer.all()).isEmpty());
            if (answer.status() >= 500) {
                assertThat(PROMPT.foundIn(answer.all())).as(answer.all()).isEmpty();
                assertThat(ANSWER.foundIn(answer.all())).as(answer.all()).isEmpty();
            }
        }
    }
}
