package dev.chatelaine.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.http.RawConnection;
import dev.chatelaine.http.RestClient;
import dev.chatelaine.http.RestClient.Answer;
import dev.chatelaine.http.TestServer;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OperationsIT {
    @Test
    void everyAnswerHasTheSecurityHeadersAndARequestId() {
        try (TestServer server = TestServer.start()) {
            for (String path : List.of("/healthz", "/api/secrets", "/nothing", "/api/secrets?x=1")) {
                Answer answer = server.owner("acme").get(path);
                assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
                assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
                assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
                assertThat(answer.header("Content-Security-Policy")).startsWith("default-src 'none'");
                assertThat(answer.header("Strict-Transport-Security")).isEmpty();
                assertThat(answer.header("Server")).isEmpty();
                assertThat(answer.header("X-Request-Id")).startsWith("req_");
            }
        }
    }

    @Test
    void aRequestKeepsTheIdThatItCameWithUnlessThatIsNoId() {
        try (TestServer server = TestServer.start()) {
            RestClient owner = server.owner("acme");

            assertThat(owner.send("GET", "/x", "", Map.of("X-Request-Id", "abc-1"))
                            .text("request_id"))
                    .isEqualTo("abc-1");
            assertThat(owner.send("GET", "/x", "", Map.of("X-Request-Id", "a b"))
                            .text("request_id"))
                    .startsWith("req_");
            assertThat(owner.send("GET", "/x", "", Map.of("X-Request-Id", "sk-ant-api03-" + "a".repeat(40)))
                            .header("X-Request-Id"))
                    .startsWith("req_");
        }
    }

    @Test
    void aliveAndReadyAreOpenAndReadyNeedsTheVault() {
        try (TestServer server = TestServer.start()) {
            RestClient anybody = new RestClient(server.server().address(), "");
            assertThat(anybody.get("/healthz").text("status")).isEqualTo("alive");
            assertThat(anybody.get("/readyz").text("status")).isEqualTo("ready");
            assertThat(anybody.get("/openapi.json").text("openapi")).startsWith("3.1");
            assertThat(anybody.send("HEAD", "/healthz", "", Map.of()).status()).isEqualTo(200);
        }
    }

    @Test
    void metricsAreOnTheirOwnListenerAndNameNothing() throws IOException {
        try (TestServer server = TestServer.start()) {
            server.owner("acme").get("/api/secrets/very_private_name");
            server.owner("acme").get("/very/private/path");
            URI metrics = server.server().metricsAddress().orElseThrow();
            String text = new MetricsReader(metrics).text();

            try (RawConnection foreign = new RawConnection(metrics.getPort())) {
                assertThat(foreign.send("GET /api/secrets HTTP/1.1\r\nHost: localhost\r\n\r\n")
                                .status())
                        .isEqualTo(404);
            }
            assertThat(text)
                    .contains(
                            "chatelaine_http_requests_total{method=\"GET\",route=\"/api/secrets/{name}\",status=\"404\"}"
                                    + " 1.0")
                    .contains(
                            "chatelaine_http_request_duration_seconds_bucket{route=\"/api/secrets/{name}\",le=\"0.1\"}")
                    .contains("route=\"unmatched\"", "jvm_memory_used_bytes")
                    .doesNotContain("private", "acme");
        }
    }

    @Test
    void metricsRefuseForeignNames() throws IOException {
        try (TestServer server = TestServer.start();
                RawConnection connection = new RawConnection(
                        server.server().metricsAddress().orElseThrow().getPort())) {
            assertThat(connection
                            .send("GET /metrics HTTP/1.1\r\nHost: evil.example\r\n\r\n")
                            .status())
                    .isEqualTo(403);
        }
    }

    @Test
    void aRequestUnderWayEndsBeforeTheServerDoes() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Route slow = new Route("GET", "/slow", call -> {
            begun.countDown();
            await(release);
            return Reply.ok(Map.of("done", true));
        });
        try (TestServer server = TestServer.start(TestServer.loopback(TestServer.QUICK), List.of(slow), List.of())) {
            CompletableFuture<Answer> answer =
                    CompletableFuture.supplyAsync(() -> server.owner("acme").get("/slow"));
            assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
            CompletableFuture<Void> stopping =
                    CompletableFuture.runAsync(() -> server.server().stop());
            release.countDown();

            assertThat(answer.get(10, TimeUnit.SECONDS).status()).isEqualTo(200);
            stopping.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void whatFailsInAnActionIsAProblemThatTellsNothing() {
        Route broken = new Route("GET", "/broken", call -> {
            throw new IllegalStateException("hunter-two");
        });
        try (TestServer server = TestServer.start(TestServer.loopback(TestServer.QUICK), List.of(broken), List.of())) {
            Answer answer = server.owner("acme").get("/broken");

            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.code()).isEqualTo("internal_error");
            assertThat(answer.all()).doesNotContain("hunter", "IllegalState");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
