package dev.chatelaine.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.http.RawConnection;
import dev.chatelaine.http.TestServer;
import dev.chatelaine.http.server.Promises.Promise;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What comes when nobody waits for it any more. */
class NobodyLeftIT {
    private final CountDownLatch subscribed = new CountDownLatch(1);
    private final CountDownLatch letGo = new CountDownLatch(1);
    private final AtomicLong requested = new AtomicLong();
    private final Flux<byte[]> pieces =
            Flux.<byte[]>never().doOnRequest(requested::addAndGet).doOnCancel(letGo::countDown);

    /** A reply, or what it says instead, that crosses with its being cancelled. */
    private final class Crossing extends Mono<Reply> {
        private final Consumer<CoreSubscriber<? super Reply>> said;

        Crossing(Consumer<CoreSubscriber<? super Reply>> said) {
            this.said = said;
        }

        @Override
        public void subscribe(CoreSubscriber<? super Reply> subscriber) {
            subscriber.onSubscribe(new Subscription() {
                @Override
                public void request(long n) {
                    subscribed.countDown();
                }

                @Override
                public void cancel() {
                    said.accept(subscriber);
                }
            });
        }
    }

    private TestServer serve(Consumer<CoreSubscriber<? super Reply>> said) {
        Route route = Route.open("POST", "/crossing", call -> Reply.later(new Crossing(said)));
        return TestServer.start(TestServer.loopback(Promises.LIMITS), List.of(route), List.of());
    }

    private void comeAndGo(TestServer server) throws Exception {
        try (RawConnection connection = server.raw()) {
            connection.send(Promises.post("/crossing", "X-Request-Id: gone"));
            Waiting.until("it is waited for", subscribed);
        }
    }

    @Test
    void eventsAreLetGoBeforeAnythingIsAskedOfThem() throws Exception {
        try (RequestLog log = new RequestLog();
                TestServer server = serve(subscriber -> subscriber.onNext(Reply.events(pieces)))) {
            comeAndGo(server);

            Waiting.until("the events are let go", letGo);
            assertThat(requested).hasValue(0);
            assertThat(log.line("gone")).contains(" status=499 ");
        }
    }

    @Test
    void ofEventsThatHeadAsksForTheHeaderAloneIsSent() throws Exception {
        Route route = Route.open("GET", "/headed", call -> Reply.events(pieces).with("X-Own", "1"));
        try (TestServer server = TestServer.start(TestServer.loopback(Promises.LIMITS), List.of(route), List.of());
                RawConnection connection = server.raw()) {
            connection.send("HEAD /headed HTTP/1.1\r\nHost: localhost\r\n\r\n");

            assertThat(connection.until("\r\n\r\n"))
                    .startsWith("HTTP/1.1 200 ")
                    .contains("Content-Type: text/event-stream", "X-Own: 1");
            Waiting.until("the events are let go", letGo);
            assertThat(requested).hasValue(0);
            assertThat(connection.send(Promises.get("/healthz")).answer()).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void aFailureIsLoggedWithoutItsMessage() throws Exception {
        try (RequestLog log = new RequestLog();
                TestServer server = serve(subscriber -> subscriber.onError(new IllegalStateException("hunter-two")))) {
            comeAndGo(server);

            assertThat(log.line("gone")).contains(" status=499 ");
            assertThat(log.all())
                    .contains("error=java.lang.IllegalStateException")
                    .doesNotContain("hunter");
        }
    }

    @Test
    void aReplyGoesNowhere() throws Exception {
        Promises promises = new Promises();
        try (RequestLog log = new RequestLog();
                TestServer server = promises.serve()) {
            RawConnection connection = server.raw().send(Promises.post("/later", "X-Request-Id: gone"));
            Promise promise = promises.next();
            connection.close();
            promise.awaitLetGo();
            promise.later().success(Reply.ok(Map.of("hunter", "two")));

            assertThat(log.line("gone")).contains(" status=499 ");
            assertThat(log.all()).doesNotContain("request failed", "hunter");
        }
    }
}
