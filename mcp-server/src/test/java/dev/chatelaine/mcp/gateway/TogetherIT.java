package dev.chatelaine.mcp.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatelaine.gateway.GatewayError;
import dev.chatelaine.gateway.GatewayException;
import dev.chatelaine.gateway.call.Caller;
import dev.chatelaine.gateway.call.Gateway;
import dev.chatelaine.gateway.call.GatewayAnswer;
import dev.chatelaine.gateway.call.Visitor;
import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.audit.AuditQuery;
import dev.chatelaine.vault.gatewaykey.GatewayKeyName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests with one key that come while another begins: they begin together, and each is its own affair. */
class TogetherIT {
    @TempDir
    private Path home;

    private final CountDownLatch looked = new CountDownLatch(1);
    private final CountDownLatch goingOn = new CountDownLatch(1);
    private final AtomicInteger looks = new AtomicInteger();

    @SuppressWarnings("NullAway.Init")
    private GatewayService service;

    @SuppressWarnings("NullAway.Init")
    private Gateway gateway;

    @SuppressWarnings("NullAway.Init")
    private String key;

    @BeforeEach
    void start() throws IOException {
        service = GatewayService.in(home);
        gateway = service.gateway();
        key = service.key("app", List.of("openai/*"), 1_000_000_000L);
    }

    @AfterEach
    void stop() {
        goingOn.countDown();
        gateway.close();
        service.close();
    }

    @Test
    void eachIsAnsweredOrRefusedForItself() throws Exception {
        CompletableFuture<GatewayAnswer> first = asked(chat(service.model("openai")));
        looked.await();
        CompletableFuture<GatewayAnswer> good = asked(chat(service.model("openai")));
        CompletableFuture<GatewayAnswer> notAllowed = asked(chat(service.model("anthropic")));
        CompletableFuture<GatewayAnswer> unknown = asked(chat("nobody/model"));
        CompletableFuture<GatewayAnswer> empty = asked("{}");
        CompletableFuture<GatewayAnswer> unreadable = asked(any -> {}, () -> {
            throw new IllegalArgumentException("not JSON");
        });
        CompletableFuture<GatewayAnswer> elsewhere = asked(
                any -> {
                    throw new IllegalStateException("another tenant's");
                },
                () -> JsonMapper.shared().readTree(chat(service.model("openai"))));
        mono(any -> {}, () -> JsonMapper.shared().readTree(chat(service.model("openai"))))
                .subscribe()
                .dispose();
        CompletableFuture<GatewayAnswer> last = asked(chat(service.model("openai")));
        goingOn.countDown();

        for (CompletableFuture<GatewayAnswer> one : List.of(first, good, last)) {
            assertThat(one.get(60, TimeUnit.SECONDS)).isInstanceOf(GatewayAnswer.Whole.class);
        }
        assertRefused(notAllowed, ErrorCode.MODEL_NOT_ALLOWED);
        assertFails(unknown, GatewayError.MODEL_UNKNOWN);
        assertFails(empty, GatewayError.INVALID_REQUEST);
        assertThatThrownBy(of(unreadable)).hasRootCauseMessage("not JSON");
        assertThatThrownBy(of(elsewhere)).hasRootCauseMessage("another tenant's");
        assertThat(looks).as("looks at who it is").hasValue(2);
        assertThat(service.provider("openai").requests()).hasSize(3);
        Await.that(() -> service.spend("app").reserved() == 0);
        assertThat(service.usage().requests()).isEqualTo(3);
        assertThat(service.vault()
                        .audit()
                        .events(GatewayService.OWNER, AuditQuery.newest())
                        .events())
                .filteredOn(event -> event.action().equals("llm.invoke"))
                .hasSize(1);
    }

    @Test
    void whoComesAfterTheKeyWasDeletedIsNotLetInByALookBefore() throws Exception {
        CompletableFuture<GatewayAnswer> before = asked(chat(service.model("openai")));
        looked.await();
        service.vault().gatewayKeys().delete(GatewayService.OWNER, new GatewayKeyName("app"));
        CompletableFuture<GatewayAnswer> after = asked(chat(service.model("openai")));
        goingOn.countDown();

        assertThatThrownBy(of(after)).hasRootCauseInstanceOf(NoSuchElementException.class);
        assertRefused(before, ErrorCode.GATEWAY_KEY_NOT_FOUND);
        assertThat(service.provider("openai").requests()).isEmpty();
    }

    @Test
    void whereALookFailsThoseWhoCameForItAreToldAndTheNextAreNot() throws Exception {
        CompletableFuture<GatewayAnswer> failing = gateway.chat(
                        new Visitor(
                                key,
                                () -> {
                                    looked.countDown();
                                    await(goingOn);
                                    throw new IllegalStateException("no look");
                                },
                                any -> {}),
                        gateway.newRequestId(),
                        () -> JsonMapper.shared().readTree(chat(service.model("openai"))))
                .toFuture();
        looked.await();
        CompletableFuture<GatewayAnswer> next = asked(chat(service.model("openai")));
        goingOn.countDown();

        assertThatThrownBy(of(failing)).hasRootCauseMessage("no look");
        assertThat(next.get(60, TimeUnit.SECONDS)).isInstanceOf(GatewayAnswer.Whole.class);
    }

    private CompletableFuture<GatewayAnswer> asked(String json) {
        return asked(any -> {}, () -> JsonMapper.shared().readTree(json));
    }

    private CompletableFuture<GatewayAnswer> asked(Consumer<Caller> admission, Supplier<JsonNode> request) {
        return mono(admission, request).toFuture();
    }

    private Mono<GatewayAnswer> mono(Consumer<Caller> admission, Supplier<JsonNode> request) {
        return gateway.chat(new Visitor(key, this::look, admission), gateway.newRequestId(), request);
    }

    /** The first look has been made when it is held up. */
    private Caller look() {
        looks.incrementAndGet();
        Caller caller =
                Caller.of(service.vault().gatewayKeys().authenticate(key).orElseThrow());
        looked.countDown();
        await(goingOn);
        return caller;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static String chat(String model) {
        return Application.body(model, "hello there", "");
    }

    private static ThrowingCallable of(CompletableFuture<GatewayAnswer> answer) {
        return () -> answer.get(60, TimeUnit.SECONDS);
    }

    private static void assertFails(CompletableFuture<GatewayAnswer> answer, GatewayError error) {
        assertThatThrownBy(of(answer))
                .rootCause()
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        refused -> assertThat(refused.error()).isEqualTo(error));
    }

    private static void assertRefused(CompletableFuture<GatewayAnswer> answer, ErrorCode code) {
        assertThatThrownBy(of(answer))
                .rootCause()
                .isInstanceOfSatisfying(
                        VaultException.class,
                        refused -> assertThat(refused.code()).isEqualTo(code));
    }
}
