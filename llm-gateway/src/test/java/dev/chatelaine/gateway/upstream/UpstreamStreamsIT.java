package dev.chatelaine.gateway.upstream;

import static dev.chatelaine.gateway.upstream.UpstreamFixture.LONG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.gateway.failure.FailureCategory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;

/** Streams that go well, and callers that go away. */
class UpstreamStreamsIT {
    private static final String EVENT = "data: {\"id\":\"a\"}\n\n";

    @RegisterExtension
    final UpstreamFixture fixture = UpstreamFixture.patient();

    @Test
    void eventsComeInOrderUntilTheMarkOfTheEnd() throws Exception {
        try (RawServer server = RawServer.streaming(
                ": hello\r\n\r\ndata: {\"n\":1}\r\n\r\ndata: {\"n\":2}\r\n\r\ndata: [DONE]\r\n\r\ndata: {\"n\":3}\r\n\r\n")) {
            assertThat(fixture.events(server))
                    .extracting(event -> event.body().path("n").asInt())
                    .containsExactly(1, 2);
        }
    }

    @Test
    void eventsThatAreCutAnywhereAreTheSame() throws Exception {
        byte[] stream = "data: {\"t\":\"Grüße 😀\"}\r\n\r\ndata: {\"t\":\"2\"}\n\ndata: [DONE]\n\n"
                .getBytes(StandardCharsets.UTF_8);
        try (RawServer server = RawServer.doing(exchange -> {
            exchange.streamHead();
            for (byte each : stream) {
                exchange.write(new byte[] {each});
            }
        })) {
            assertThat(fixture.events(server))
                    .extracting(event -> event.body().path("t").asString())
                    .containsExactly("Grüße 😀", "2");
        }
    }

    @Test
    void anthropicsStreamEndsWithItsOwnMark() throws Exception {
        try (RawServer server = RawServer.streaming("""
                event: message_start
                data: {"type":"message_start"}

                event: message_stop
                data: {"type":"message_stop"}

                """)) {
            UpstreamAnswer.Events answer = (UpstreamAnswer.Events) fixture.ask("anthropic", server);

            assertThat(Objects.requireNonNull(
                            UpstreamFixture.each(answer).collectList().block(LONG)))
                    .extracting(UpstreamEvent::name)
                    .containsExactly("message_start", "message_stop");
        }
    }

    @Test
    void theFirstEventIsHandedOverBeforeThereIsASecond() throws Exception {
        CompletableFuture<Void> more = new CompletableFuture<>();
        try (RawServer server = RawServer.doing(exchange -> {
            exchange.streamHead();
            exchange.write(EVENT);
            more.get(30, TimeUnit.SECONDS);
            exchange.write("data: [DONE]\n\n");
        })) {
            UpstreamAnswer.Events answer = (UpstreamAnswer.Events) fixture.ask(server);
            List<UpstreamEvent> all = Objects.requireNonNull(UpstreamFixture.each(answer)
                    .doOnNext(event -> more.complete(null))
                    .collectList()
                    .block(LONG));

            assertThat(all).hasSize(1);
        }
    }

    @Test
    void aCompleteStreamGivesItsConnectionBack() throws Exception {
        try (RawServer server = RawServer.doing(exchange -> {
            String body = EVENT + "data: [DONE]\n\n";
            exchange.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: " + body.length()
                    + "\r\n\r\n" + body);
        })) {
            for (int round = 0; round < 10; round++) {
                fixture.events(server);
            }

            assertThat(server.connections()).isLessThan(10);
        }
    }

    @Test
    void aCallerThatGoesAwayBeforeTheFirstByteEndsTheRequest() throws Exception {
        CompletableFuture<Void> asked = new CompletableFuture<>();
        try (RawServer server = RawServer.doing(exchange -> {
            asked.complete(null);
            exchange.awaitGone();
        })) {
            Disposable asking = fixture.client()
                    .send(UpstreamFixture.request("openai", server.url()), UpstreamFixture.soon())
                    .subscribe();
            asked.get(30, TimeUnit.SECONDS);
            asking.dispose();

            server.exchanges().get(0).gone().get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void aCallerThatGoesAwayMidwayEndsTheRequest() throws Exception {
        try (RawServer server = RawServer.doing(exchange -> {
            exchange.streamHead();
            exchange.write(EVENT);
            exchange.awaitGone();
        })) {
            UpstreamAnswer.Events answer = (UpstreamAnswer.Events) fixture.ask(server);
            UpstreamFixture.each(answer).take(1).blockLast(LONG);

            server.exchanges().get(0).gone().get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void eventsThatNobodyTakesEndWithTheDeadline() throws Exception {
        AtomicLong clock = new AtomicLong();
        try (RawServer server = RawServer.doing(exchange -> {
            clock.set(LONG.minusSeconds(5).toNanos());
            exchange.streamHead();
            exchange.write(EVENT);
            exchange.awaitGone();
        })) {
            UpstreamAnswer.Events answer = (UpstreamAnswer.Events) Objects.requireNonNull(fixture.client()
                    .send(UpstreamFixture.request("openai", server.url()), Deadline.after(LONG, clock::get))
                    .block(LONG));
            server.exchanges().get(0).gone().get(30, TimeUnit.SECONDS);
            clock.set(LONG.toNanos());

            UpstreamException failure =
                    UpstreamFixture.thrown(() -> UpstreamFixture.each(answer).blockLast(LONG));
            assertThat(failure.category()).isEqualTo(FailureCategory.DEADLINE);
        }
    }

    @Test
    void aSlowCallerHoldsUpTheProviderAndIsNotIdle() throws Exception {
        long megabytes = 16;
        byte[] piece =
                ("data: {\"t\":\"" + "x".repeat(1_000) + "\"}\n\n").repeat(64).getBytes(StandardCharsets.UTF_8);
        try (RawServer server = RawServer.doing(exchange -> {
            exchange.streamHead();
            while (exchange.written() < megabytes << 20) {
                exchange.write(piece);
            }
            exchange.write("data: [DONE]\n\n");
        })) {
            UpstreamAnswer.Events answer = (UpstreamAnswer.Events) Objects.requireNonNull(fixture.client()
                    .send(UpstreamFixture.request("openai", server.url()), Deadline.after(Duration.ofMinutes(5)))
                    .block(LONG));
            Taking taking = new Taking();
            UpstreamFixture.each(answer).subscribe(taking);
            taking.take(5);
            taking.five.get(30, TimeUnit.SECONDS);
            RawServer.Exchange exchange = server.exchanges().get(0);
            awaitStandstill(exchange);

            assertThat(taking.taken).hasValue(5);
            assertThat(exchange.written()).isLessThan(megabytes << 19);
            taking.take(Long.MAX_VALUE);
            taking.done.get(240, TimeUnit.SECONDS);
            assertThat(taking.taken).hasValueGreaterThan(15_000);
        }
    }

    /** Until the kernel takes no more of what the server writes. */
    private static void awaitStandstill(RawServer.Exchange exchange) throws InterruptedException {
        long before = -1;
        while (exchange.written() != before) {
            before = exchange.written();
            exchange.pause(200);
        }
    }

    private static final class Taking extends BaseSubscriber<UpstreamEvent> {
        private final CompletableFuture<Void> done = new CompletableFuture<>();
        private final CompletableFuture<Void> five = new CompletableFuture<>();
        private final AtomicLong taken = new AtomicLong();

        void take(long count) {
            request(count);
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            // The test says when.
        }

        @Override
        protected void hookOnNext(UpstreamEvent event) {
            if (taken.incrementAndGet() == 5) {
                five.complete(null);
            }
        }

        @Override
        protected void hookOnComplete() {
            done.complete(null);
        }

        @Override
        protected void hookOnError(Throwable failure) {
            done.completeExceptionally(failure);
        }
    }
}
