package dev.chatelaine.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.http.RawConnection;
import dev.chatelaine.http.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** Clients who do not read the events that they asked for. */
class SlowReadersIT {
    private static final int PIECE = 1 << 16;

    /** More than both ends' buffers of a connection hold, and far less than there is. */
    private static final int BOUND = 1024;

    private static final HttpLimits SHORT = Promises.limits(Duration.ofMillis(500));

    private final AtomicInteger taken = new AtomicInteger();
    private final CountDownLatch letGo = new CountDownLatch(1);

    private TestServer endless() {
        byte[] piece = new byte[PIECE];
        Flux<byte[]> pieces = Flux.<byte[]>generate(sink -> {
                    taken.incrementAndGet();
                    sink.next(piece);
                })
                .doOnCancel(letGo::countDown);
        return TestServer.start(
                TestServer.loopback(SHORT),
                List.of(Route.open("GET", "/endless", call -> Reply.events(pieces))),
                List.of());
    }

    @Test
    void whoDoesNotReadIsCutOffAndGetsNoMoreThanBuffersHold() throws Exception {
        try (RequestLog log = new RequestLog();
                TestServer server = endless();
                RawConnection connection = server.raw()) {
            connection.send(Promises.get("/endless", "X-Request-Id: slow"));

            Waiting.until("the events are let go", letGo);
            assertThat(taken.get()).isBetween(1, BOUND);
            assertThat(log.line("slow")).contains(" status=200 ", "cut_off=caller");
        }
    }

    @Test
    void sendingInsteadOfReadingDoesNotHelp() throws Exception {
        ScheduledExecutorService dripping = Executors.newSingleThreadScheduledExecutor();
        try (TestServer server = endless();
                RawConnection connection = server.raw()) {
            connection.send(Promises.get("/endless"));
            ScheduledFuture<?> drip = dripping.scheduleAtFixedRate(
                    () -> {
                        try {
                            connection.trySend(new byte[] {'a'});
                        } catch (IOException e) {
                            throw new AssertionError(e);
                        }
                    },
                    0,
                    50,
                    TimeUnit.MILLISECONDS);

            Waiting.until("the events are let go", letGo);
            assertThat(taken.get()).isBetween(1, BOUND);
            drip.cancel(false);
        } finally {
            dripping.shutdownNow();
        }
    }
}
