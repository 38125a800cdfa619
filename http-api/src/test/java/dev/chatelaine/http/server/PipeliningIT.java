package dev.chatelaine.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.http.RawConnection;
import dev.chatelaine.http.TestServer;
import dev.chatelaine.http.server.Promises.Promise;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A second request that is sent before the first has its answer. */
class PipeliningIT {
    private static final String SECOND = Promises.post("/later", "X-Request-Id: second");

    private final Promises promises = new Promises();
    private TestServer server;

    @BeforeEach
    void start() {
        server = promises.serve();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** When each of three callers was seen to be gone, one after the other, everybody was looked at in between. */
    private void awaitLook() throws Exception {
        for (int i = 0; i < 3; i++) {
            RawConnection other = server.raw().send(Promises.post("/later"));
            Promise promise = promises.next();
            other.close();
            promise.awaitLetGo();
        }
    }

    @Test
    void theFirstIsAnsweredAndTheConnectionEnds() throws Exception {
        try (RawConnection connection = server.raw()) {
            connection.send(Promises.post("/later"));
            Promise first = promises.next();
            connection.send(SECOND.repeat(3));
            awaitLook();
            first.later().success(Reply.ok(Map.of("first", true)));

            assertThat(connection.rest())
                    .startsWith("HTTP/1.1 200 ")
                    .contains("Connection: close")
                    .endsWith("{\"first\":true}");
            assertThat(promises.isEmpty()).isTrue();
        }
    }

    @Test
    void theFirstIsRefusedAndTheConnectionEnds() throws Exception {
        try (RawConnection connection = server.raw()) {
            connection.send(Promises.post("/later"));
            Promise first = promises.next();
            connection.send(SECOND);
            awaitLook();
            first.later().error(new IllegalStateException());

            assertThat(connection.rest())
                    .startsWith("HTTP/1.1 500 ")
                    .contains("Connection: close")
                    .endsWith("}");
        }
    }

    @Test
    void theEventsComeToTheirEndAndTheConnectionEnds() throws Exception {
        try (RawConnection connection = server.raw()) {
            connection.send(Promises.post("/events"));
            Promise first = promises.next();
            first.piece("data: 1\n\n");
            assertThat(connection.until("data: 1\n\n")).startsWith("HTTP/1.1 200 ");
            connection.send(SECOND.substring(0, 20));
            awaitLook();
            connection.send(SECOND.substring(20));
            first.piece("data: 2\n\n");
            first.pieces().complete();

            assertThat(connection.rest())
                    .contains("data: 2\n\n")
                    .endsWith("\r\n0\r\n\r\n")
                    .doesNotContain("HTTP/1.1");
            assertThat(promises.isEmpty()).isTrue();
        }
    }

    @Test
    void whoHangsUpAfterwardsIsGoneAllTheSame() throws Exception {
        try (RawConnection connection = server.raw()) {
            connection.send(Promises.post("/later"));
            Promise first = promises.next();
            connection.send(SECOND);
            awaitLook();
            connection.close();

            first.awaitLetGo();
        }
    }

    static List<String> firsts() {
        return List.of(Promises.post("/later"), Promises.get("/later"));
    }

    @ParameterizedTest
    @MethodSource("firsts")
    void aRequestThatCameTogetherWithTheFirstIsAnsweredToo(String request) throws Exception {
        try (RawConnection connection = server.raw()) {
            connection.send(request + SECOND);
            Promise first = promises.next();
            awaitLook();
            first.later().success(Reply.ok(Map.of("first", true)));
            assertThat(connection.until("}")).startsWith("HTTP/1.1 200 ").doesNotContain("Connection: close");
            promises.next().later().success(Reply.ok(Map.of("second", true)));

            assertThat(connection.until("}")).startsWith("HTTP/1.1 200 ").contains("X-Request-Id: second");
        }
    }
}
