package dev.chatelaine.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.http.RawConnection;
import dev.chatelaine.http.TestServer;
import dev.chatelaine.http.server.Promises.Promise;
import dev.chatelaine.vault.access.Role;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Answers that come later. */
class LaterIT {
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

    @Test
    void anAnswerMayComeFromAnyThreadAndTheConnectionGoesOn() throws Exception {
        try (RawConnection connection = server.raw()) {
            for (int i = 0; i < 3; i++) {
                connection.send(Promises.post("/later", "X-Request-Id: r" + i));
                promises.next().later().success(Reply.created(Map.of("n", i)).with("X-Own", "yes"));

                assertThat(connection.answer())
                        .startsWith("HTTP/1.1 201 ")
                        .contains("X-Own: yes", "X-Request-Id: r" + i, "application/json")
                        .doesNotContain("Connection: close")
                        .endsWith("{\"n\":" + i + "}");
                assertThat(log.line("r" + i)).contains(" status=201 ").doesNotContain("cut_off");
            }
        }
    }

    @Test
    void anAnswerMayBeThereAtOnce() throws IOException {
        server.close();
        server = TestServer.start(
                TestServer.loopback(Promises.LIMITS),
                List.of(Route.open("GET", "/now", call -> Reply.later(Mono.just(Reply.ok(Map.of()))))),
                List.of());
        try (RawConnection connection = server.raw()) {
            assertThat(connection.send(Promises.get("/now")).answer()).startsWith("HTTP/1.1 200 ");
            assertThat(connection.send(Promises.get("/now")).answer()).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void theActionIsToldWhatItNeedsAndTheLogWhoItWas() throws Exception {
        try (RawConnection connection = server.raw()) {
            connection.send(Promises.post(
                    "/v1/later", "X-Request-Id: whose", "X-Tenant-Id: acme", "Authorization: Bearer ck_1"));
            Promise promise = promises.next();

            assertThat(promise.call().requestId()).isEqualTo("whose");
            assertThat(promise.call().bearer()).contains("ck_1");
            assertThat(promise.call().tenantHeader()).contains("acme");
            promise.call().identified(TestServer.actor("acme", Role.MEMBER));
            promise.later().success(Reply.ok(Map.of()));
            assertThat(connection.status()).isEqualTo(200);
            assertThat(log.line("whose")).contains("tenant=acme", "subject=member@acme.example");
        }
    }

    @Test
    void headHasNoBody() throws Exception {
        try (RawConnection connection = server.raw()) {
            connection.send("HEAD /later HTTP/1.1\r\nHost: localhost\r\n\r\n");
            promises.next().later().success(Reply.ok(Map.of("a", 1)));
            assertThat(connection.until("\r\n\r\n")).startsWith("HTTP/1.1 200 ").contains("Content-Length: 7");

            connection.send(Promises.get("/later"));
            promises.next().later().success(Reply.ok(Map.of("b", 1)));
            assertThat(connection.answer()).startsWith("HTTP/1.1 200 ").endsWith("{\"b\":1}");
        }
    }
}
