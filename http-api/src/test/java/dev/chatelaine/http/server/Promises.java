package dev.chatelaine.http.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.chatelaine.http.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/** Routes whose answers a test gives when it likes: one that come later, one in pieces, each in both shapes of errors. */
final class Promises {
    /** Enough time for a header, also on a busy machine, and not much for anything else. */
    static final HttpLimits LIMITS = limits(Duration.ofSeconds(60));

    private final BlockingQueue<Promise> made = new LinkedBlockingQueue<>();

    /** An answer that is owed, later or in pieces. */
    static final class Promise {
        private final Call call;
        private final CountDownLatch letGo = new CountDownLatch(1);
        private @Nullable MonoSink<Reply> later;
        private @Nullable FluxSink<byte[]> pieces;

        Promise(Call call) {
            this.call = call;
        }

        Call call() {
            return call;
        }

        MonoSink<Reply> later() {
            if (later == null) {
                throw new AssertionError("comes in pieces");
            }
            return later;
        }

        FluxSink<byte[]> pieces() {
            if (pieces == null) {
                throw new AssertionError("comes at once");
            }
            return pieces;
        }

        void piece(String text) {
            pieces().next(text.getBytes(UTF_8));
        }

        /** Waits until nobody wants it any more. */
        void awaitLetGo() throws InterruptedException {
            Waiting.until("the promise is let go", letGo);
        }

        boolean isLetGo() {
            return letGo.getCount() == 0;
        }
    }

    List<Route> routes() {
        return List.of(
                Route.open("GET", "/later", this::later),
                Route.open("POST", "/later", this::later),
                Route.open("GET", "/events", this::events),
                Route.open("POST", "/events", this::events),
                Route.open("POST", "/later-events", this::laterEvents),
                Route.bearer("POST", "/v1/later", this::later).withErrors(ErrorShape.OPENAI),
                Route.bearer("POST", "/v1/events", this::events).withErrors(ErrorShape.OPENAI));
    }

    /** The same limits with another time for which a connection may be idle. */
    static HttpLimits limits(Duration idle) {
        return new HttpLimits(idle, Duration.ofSeconds(60), Duration.ofSeconds(2), 1024, Duration.ofSeconds(5));
    }

    TestServer serve() {
        return serve(LIMITS);
    }

    TestServer serve(HttpLimits limits) {
        return TestServer.start(TestServer.loopback(limits), routes(), List.of());
    }

    private Reply later(Call call) {
        return Reply.later(Mono.create(sink -> {
            Promise promise = new Promise(call);
            promise.later = sink;
            sink.onCancel(promise.letGo::countDown);
            made.add(promise);
        }));
    }

    Reply events(Call call) {
        return Reply.events(pieces(call));
    }

    private Reply laterEvents(Call call) {
        return Reply.later(Mono.fromSupplier(() -> Reply.events(pieces(call))));
    }

    private Flux<byte[]> pieces(Call call) {
        return Flux.create(sink -> {
            Promise promise = new Promise(call);
            promise.pieces = sink;
            sink.onCancel(promise.letGo::countDown);
            made.add(promise);
        });
    }

    /** The next that was made. */
    Promise next() throws InterruptedException {
        return Waiting.next(made);
    }

    boolean isEmpty() {
        return made.isEmpty();
    }

    /** A request with a body. */
    static String post(String path, String... lines) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n"
                + "Content-Type: application/json\r\n"
                + String.join(
                        "", List.of(lines).stream().map(line -> line + "\r\n").toList()) + "\r\n{}";
    }

    static String get(String path, String... lines) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n"
                + String.join(
                        "", List.of(lines).stream().map(line -> line + "\r\n").toList()) + "\r\n";
    }
}
