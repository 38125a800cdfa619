package dev.chatelaine.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.http.RawConnection;
import dev.chatelaine.http.TestServer;
import dev.chatelaine.http.server.Promises.Promise;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** For how long answers and events may keep their callers waiting, and what that costs. */
class PatienceIT {
    private static final int MORE_THAN_THERE_ARE_THREADS = 150;
    private static final int MANY = 1000;
    private static final int LONG = 20 << 20;
    private static final String END = "\r\n0\r\n\r\n";

    private final Promises promises = new Promises();
    private RequestLog log;
    private TestServer server;

    @BeforeEach
    void start() {
        log = new RequestLog();
        server = promises.serve();
    }

    @AfterEach
    void stop() {
        server.close();
        log.close();
    }

    private void restart(HttpLimits limits) {
        server.close();
        server = promises.serve(limits);
    }

    @Test
    void whoWaitsForAnAnswerIsNotIdle() throws Exception {
        restart(Promises.limits(Duration.ofSeconds(1)));
        try (RawConnection waits = server.raw()) {
            waits.send(Promises.post("/later"));
            Promise promise = promises.next();
            for (int i = 0; i < 2; i++) {
                try (RawConnection idle = server.raw()) {
                    assertThat(idle.rest()).as("closed for being idle").isEmpty();
                }
            }

            assertThat(promise.isLetGo()).isFalse();
            promise.later().success(Reply.ok(Map.of("late", true)));
            assertThat(waits.answer()).contains(" 200 ", "{\"late\":true}");
        }
    }

    @Test
    void waitingKeepsNoThread() throws Exception {
        List<RawConnection> waiting = new ArrayList<>();
        for (int i = 0; i < MORE_THAN_THERE_ARE_THREADS; i++) {
            waiting.add(server.raw().send(Promises.post("/later")));
        }
        List<Promise> owed = new ArrayList<>();
        for (int i = 0; i < waiting.size(); i++) {
            owed.add(promises.next());
        }

        assertThat(server.owner("acme").get("/healthz").status()).isEqualTo(200);
        owed.forEach(promise -> promise.later().success(Reply.ok(Map.of())));
        for (RawConnection connection : waiting) {
            assertThat(connection.status()).isEqualTo(200);
            connection.close();
        }
    }

    @Test
    void aServerThatStopsWaitsForTheAnswer() throws Exception {
        try (RawConnection connection = server.raw()) {
            int port = server.port();
            connection.send(Promises.post("/later"));
            Promise promise = promises.next();
            CompletableFuture<Void> stopping =
                    CompletableFuture.runAsync(() -> server.server().stop());
            awaitStopping(port);
            promise.later().success(Reply.ok(Map.of()));

            assertThat(connection.answer()).contains(" 200 ", "Connection: close");
            stopping.join();
            assertThat(promise.isLetGo()).isFalse();
        }
    }

    @Test
    void aServerThatCannotWaitAnyLongerLetsGoOfTheAnswer() throws Exception {
        restart(Promises.LIMITS.stoppingIn(Duration.ofMillis(500)));
        try (RawConnection connection = server.raw()) {
            connection.send(Promises.post("/later", "X-Request-Id: stopped"));
            Promise promise = promises.next();
            server.server().stop();

            promise.awaitLetGo();
            assertThat(connection.rest()).isEmpty();
            assertThat(log.line("stopped")).contains(" status=503 ", "cut_off=server");
        }
    }

    private static void awaitStopping(int port) {
        Waiting.until("no more connections are taken", () -> {
            try (RawConnection late = new RawConnection(port)) {
                return late.send(Promises.get("/healthz")).status() != 200;
            } catch (IOException e) {
                return true;
            }
        });
    }

    @Test
    void whoWaitsForThePiecesIsNotIdle() throws Exception {
        restart(Promises.limits(Duration.ofSeconds(1)));
        try (RawConnection connection = server.raw()) {
            connection.send(Promises.get("/events"));
            Promise promise = promises.next();
            assertThat(connection.until("\r\n\r\n")).startsWith("HTTP/1.1 200 ");
            for (int i = 0; i < 2; i++) {
                try (RawConnection idle = server.raw()) {
                    assertThat(idle.rest()).as("closed for being idle").isEmpty();
                }
            }
            promise.piece("data: 1\n\n");
            promise.pieces().complete();

            assertThat(connection.until(END)).contains("data: 1\n\n").endsWith(END);
        }
    }

    @Test
    void aServerThatCannotWaitAnyLongerBreaksOff() throws Exception {
        restart(Promises.LIMITS.stoppingIn(Duration.ofMillis(500)));
        try (RawConnection connection = server.raw()) {
            connection.send(Promises.get("/events", "X-Request-Id: stopped"));
            Promise promise = promises.next();
            assertThat(connection.until("\r\n\r\n")).startsWith("HTTP/1.1 200 ");
            server.server().stop();

            promise.awaitLetGo();
            assertThat(connection.rest()).isEmpty();
            assertThat(log.line("stopped")).contains(" status=200 ", "cut_off=server");
        }
    }

    @Test
    void aThousandStreamsOnWhichNothingComesKeepNoThreads() throws Exception {
        List<RawConnection> open = new ArrayList<>();
        List<Promise> owed = new ArrayList<>();
        int before = Thread.activeCount();
        for (int i = 0; i < MANY; i++) {
            open.add(server.raw().send(Promises.post("/events")));
        }
        for (RawConnection connection : open) {
            assertThat(connection.until("\r\n\r\n")).startsWith("HTTP/1.1 200 ");
            owed.add(promises.next());
        }

        assertThat(Thread.activeCount() - before).isLessThan(MANY / 10);
        assertThat(server.owner("acme").get("/healthz").status()).isEqualTo(200);
        for (RawConnection connection : open) {
            connection.close();
        }
        for (Promise promise : owed) {
            promise.awaitLetGo();
        }
    }

    @Test
    void aLongBodyIsNotKeptWhileEventsAreSent() throws Exception {
        Route route = Route.open("POST", "/long", promises::events).taking(LONG);
        server.close();
        server = TestServer.start(TestServer.loopback(Promises.LIMITS), List.of(route), List.of());
        List<RawConnection> open = new ArrayList<>();
        byte[] body = new byte[LONG];
        for (int i = 0; i < 5; i++) {
            open.add(server.raw()
                    .send("POST /long HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + LONG + "\r\n\r\n")
                    .send(body));
            assertThat(open.get(i).until("\r\n\r\n")).startsWith("HTTP/1.1 200 ");
        }

        for (RawConnection connection : open) {
            connection.close();
            promises.next().awaitLetGo();
        }
    }
}
