package dev.chatelaine.http.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.http.RawConnection;
import dev.chatelaine.http.TestServer;
import dev.chatelaine.http.problem.HttpProblem;
import dev.chatelaine.http.problem.ProblemException;
import dev.chatelaine.http.server.Promises.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** Answers that come in pieces. */
class EventStreamIT {
    private static final int MANY = 1000;
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

    private void serve(Flux<byte[]> pieces) {
        server.close();
        server = TestServer.start(
                TestServer.loopback(Promises.LIMITS),
                List.of(Route.open("GET", "/flux", call -> Reply.events(pieces).with("X-Own", "1"))),
                List.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/events", "/later-events", "/v1/events"})
    void eachPieceGoesOutWhenItComesAndTheConnectionGoesOn(String path) throws Exception {
        try (RawConnection connection = server.raw()) {
            for (int i = 0; i < 3; i++) {
                connection.send(Promises.post(path, "X-Request-Id: r" + i));
                Promise promise = promises.next();
                assertThat(connection.until("\r\n\r\n"))
                        .startsWith("HTTP/1.1 200 ")
                        .contains("Content-Type: text/event-stream", "X-Accel-Buffering: no", "Cache-Control: no-store")
                        .contains("Transfer-Encoding: chunked")
                        .doesNotContain("Content-Length", "Connection: close");
                promise.piece("data: 1\n\n");
                assertThat(connection.until("\n\n")).endsWith("data: 1\n\n");
                promise.piece("data: 2\n\n");
                assertThat(connection.until("\n\n")).endsWith("data: 2\n\n");
                promise.pieces().complete();

                assertThat(connection.until(END)).endsWith(END);
                assertThat(log.line("r" + i)).contains(" status=200 ").doesNotContain("cut_off");
                assertThat(promise.isLetGo()).isFalse();
            }
        }
    }

    @Test
    void whatIsThereAtOnceGoesOutInItsOrder() throws Exception {
        serve(Flux.range(0, MANY).map(i -> ("data: " + i + "\n\n").getBytes(UTF_8)));
        try (RawConnection connection = server.raw()) {
            String events = connection.send(Promises.get("/flux")).until(END);

            assertThat(events).contains("X-Own: 1");
            assertThat(events.lines().filter(line -> line.startsWith("data: ")))
                    .hasSize(MANY)
                    .startsWith("data: 0")
                    .endsWith("data: " + (MANY - 1));
            assertThat(connection.send(Promises.get("/healthz")).answer()).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void whatComesFromAnotherThreadGoesOutInItsOrder() throws Exception {
        serve(Flux.range(0, MANY)
                .map(i -> ("data: " + i + "\n\n").getBytes(UTF_8))
                .publishOn(Schedulers.parallel(), 1));
        List<String> sent = new ArrayList<>();
        try (RawConnection connection = server.raw()) {
            connection
                    .send(Promises.get("/flux"))
                    .until(END)
                    .lines()
                    .filter(line -> line.startsWith("data: "))
                    .forEach(sent::add);
        }

        assertThat(sent).hasSize(MANY).startsWith("data: 0").endsWith("data: " + (MANY - 1));
    }

    @Test
    void noEventsAtAllAreAnAnswerToo() throws Exception {
        serve(Flux.empty());
        try (RawConnection connection = server.raw()) {
            assertThat(connection.send(Promises.get("/flux")).answer())
                    .startsWith("HTTP/1.1 200 ")
                    .contains("text/event-stream", "Content-Length: 0");
            assertThat(connection.send(Promises.get("/healthz")).answer()).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void aPieceAsLongAsNothingIsNone() throws Exception {
        try (RawConnection connection = server.raw()) {
            connection.send(Promises.get("/events"));
            Promise promise = promises.next();
            promise.piece("");
            promise.piece("data: 1\n\n");
            assertThat(connection.until("\n\n")).endsWith("data: 1\n\n");
            promise.pieces().complete();

            assertThat(connection.until(END)).endsWith(END);
        }
    }

    @Test
    void aFailureInTheMiddleBreaksOffWithoutAnEnd() throws Exception {
        try (RawConnection connection = server.raw()) {
            connection.send(Promises.get("/events", "X-Request-Id: broken"));
            Promise promise = promises.next();
            promise.piece("data: 1\n\n");
            assertThat(connection.until("data: 1\n\n")).startsWith("HTTP/1.1 200 ");
            promise.pieces().error(new IllegalStateException("hunter-two"));

            assertThat(connection.rest()).isBlank();
            assertThat(log.line("broken")).contains(" status=200 ", "cut_off=server");
            assertThat(log.all())
                    .contains("error=java.lang.IllegalStateException")
                    .doesNotContain("hunter");
        }
    }

    @Test
    void aFailureBeforeThereIsAnythingIsAnsweredLikeOneOfTheActions() throws Exception {
        serve(Flux.error(new ProblemException(HttpProblem.BODY_TOO_LARGE)));
        try (RawConnection connection = server.raw()) {
            assertThat(connection
                            .send(Promises.get("/flux", "X-Request-Id: early"))
                            .answer())
                    .startsWith("HTTP/1.1 413 ")
                    .contains("application/problem+json", "body_too_large")
                    .doesNotContain("X-Own", "text/event-stream");
            assertThat(connection.send(Promises.get("/healthz")).answer()).startsWith("HTTP/1.1 200 ");
            assertThat(log.line("early")).contains(" status=413 ").doesNotContain("cut_off");
        }
    }

    @Test
    void whoAskedForTheConnectionsEndGetsItAfterTheLastPiece() throws Exception {
        try (RawConnection connection = server.raw()) {
            connection.send(Promises.get("/events", "Connection: close"));
            Promise promise = promises.next();
            promise.piece("data: 1\n\n");
            assertThat(connection.until("\n\n")).contains("Connection: close").endsWith("data: 1\n\n");
            promise.pieces().complete();

            assertThat(connection.rest()).isEqualTo(END);
        }
    }
}
