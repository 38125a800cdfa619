package dev.chatelaine.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.http.RawConnection;
import dev.chatelaine.http.TestServer;
import dev.chatelaine.http.server.HttpOptions.Listener;
import dev.chatelaine.http.server.Promises.Promise;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Callers who hang up while the answer takes its time. */
class CallerGoneIT {
    private static final Promises PLAIN = new Promises();
    private static final Promises SECURE = new Promises();

    @TempDir
    static Path folder;

    private static SSLContext trusted;
    private static TestServer plain;
    private static TestServer secure;

    /** How a caller goes. */
    enum Way {
        CLOSED,
        HALF_CLOSED,
        RESET,
        /** Without a goodbye of TLS's. */
        VANISHED
    }

    @BeforeAll
    static void start() throws Exception {
        TestCertificate certificate = TestCertificate.in(folder, "EC");
        trusted = certificate.trusted();
        plain = PLAIN.serve();
        secure = TestServer.start(
                new HttpOptions(
                        new Listener("127.0.0.1", 0),
                        HttpOptions.LOOPBACK_HOSTS,
                        Set.of(),
                        certificate.files(),
                        new Listener("127.0.0.1", 0),
                        Promises.LIMITS),
                SECURE.routes(),
                List.of());
    }

    @AfterAll
    static void stop() {
        plain.close();
        secure.close();
    }

    static List<Arguments> ways() {
        List<Arguments> all = new ArrayList<>();
        for (Way way : Way.values()) {
            all.add(Arguments.of(way, false));
            all.add(Arguments.of(way, true));
        }
        return all;
    }

    private static Promises promises(boolean tls) {
        return tls ? SECURE : PLAIN;
    }

    private static RawConnection connection(boolean tls) throws IOException {
        @Nullable SSLContext with = tls ? trusted : null;
        return new RawConnection((tls ? secure : plain).port(), with);
    }

    private static void go(RawConnection connection, Way way) throws IOException {
        switch (way) {
            case CLOSED -> connection.close();
            case HALF_CLOSED -> connection.halfClose();
            case RESET -> connection.reset();
            case VANISHED -> connection.vanish();
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void beforeTheAnswer(Way way, boolean tls) throws Exception {
        try (RequestLog log = new RequestLog();
                RawConnection connection = connection(tls)) {
            connection.send(Promises.post("/later", "X-Request-Id: gone"));
            Promise promise = promises(tls).next();
            go(connection, way);

            promise.awaitLetGo();
            assertThat(log.line("gone")).contains(" status=499 ", "cut_off=caller");
            promise.later().success(Reply.ok(Map.of()));
            assertThat(log.of("gone")).hasSize(1);
            assertThat(log.all()).doesNotContain("request failed", "WARN");
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void beforeTheFirstPiece(Way way, boolean tls) throws Exception {
        try (RequestLog log = new RequestLog();
                RawConnection connection = connection(tls)) {
            connection.send(Promises.get("/events", "X-Request-Id: gone"));
            assertThat(connection.until("\r\n\r\n")).startsWith("HTTP/1.1 200 ");
            Promise promise = promises(tls).next();
            go(connection, way);

            promise.awaitLetGo();
            assertThat(log.line("gone")).contains(" status=200 ", "cut_off=caller");
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void betweenPieces(Way way, boolean tls) throws Exception {
        try (RequestLog log = new RequestLog();
                RawConnection connection = connection(tls)) {
            connection.send(Promises.post("/later-events", "X-Request-Id: gone"));
            Promise promise = promises(tls).next();
            promise.piece("data: 1\n\n");
            assertThat(connection.until("data: 1\n\n")).startsWith("HTTP/1.1 200 ");
            go(connection, way);

            promise.awaitLetGo();
            promise.piece("data: 2\n\n");
            assertThat(log.line("gone")).contains(" status=200 ", "cut_off=caller");
            assertThat(log.of("gone")).hasSize(1);
            assertThat(log.all()).doesNotContain("request failed", "WARN");
        }
    }

    @Test
    void isCountedOnceWithItsStatus() throws Exception {
        MetricsReader metrics =
                new MetricsReader(plain.server().metricsAddress().orElseThrow());
        String line = "chatelaine_http_requests_total{method=\"POST\",route=\"/v1/later\",status=\"499\"} ";
        try (RawConnection connection = connection(false)) {
            connection.send(Promises.post("/v1/later"));
            Promise promise = PLAIN.next();
            connection.close();
            promise.awaitLetGo();
        }

        Waiting.until("it is counted", () -> metrics.text().contains(line));
        assertThat(metrics.text()).contains(line + "1.0").doesNotContain("route=\"/v1/later\",status=\"200\"");
    }
}
