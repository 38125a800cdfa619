package dev.chatelaine.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.http.RawConnection;
import dev.chatelaine.http.RestClient;
import dev.chatelaine.http.TestServer;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SlowClientsIT {
    private static final int MANY = 500;
    private static final String BODY_TO_COME = String.join(
            "\r\n",
            "POST /api/secrets HTTP/1.1",
            "Host: localhost",
            "Authorization: Bearer acme:owner",
            "Content-Type: application/json",
            "Content-Length: 100000",
            "",
            "");

    private static final String SCRAPE = "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private final List<RawConnection> slow = new ArrayList<>();
    private final ScheduledExecutorService dripping = Executors.newSingleThreadScheduledExecutor();
    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start(TestServer.loopback(HttpLimits.usual()), List.of(), List.of());
    }

    @AfterEach
    void stop() throws IOException {
        dripping.shutdownNow();
        for (Closeable connection : slow) {
            connection.close();
        }
        server.close();
    }

    @Test
    void othersAreServedWhileHundredsSendAByteASecond() throws IOException {
        for (int i = 0; i < MANY; i++) {
            slow.add(server.raw().send(i % 2 == 0 ? "GET /healthz HTTP/1.1\r\nX: " : BODY_TO_COME));
        }
        drip();
        RestClient other = server.owner("acme");

        for (int i = 0; i < 20; i++) {
            assertThat(other.get("/api/secrets").status()).isEqualTo(200);
            assertThat(other.post("/api/secrets", "{\"name\":\"s" + i + "\",\"value\":\"v\"}")
                            .status())
                    .isEqualTo(201);
        }
    }

    @Test
    void aHeaderAndABodyThatDripAreCutOff() throws IOException {
        server.close();
        server = TestServer.start();
        RawConnection header = server.raw().send("GET /healthz HTTP/1.1\r\nX: ");
        RawConnection later = server.raw().send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(later.status()).isEqualTo(200);
        later.send("GET ");
        RawConnection body = server.raw().send(BODY_TO_COME);
        slow.addAll(List.of(header, later, body));

        assertThat(header.status()).isIn(0, 408);
        assertThat(later.status()).isIn(0, 408);
        assertThat(body.answer()).contains(" 408 ", "\"code\":\"request_timeout\"", "Connection: close");
    }

    @Test
    void whoScrapesTheMetricsKeepsTheConnection() throws IOException {
        server.close();
        server = TestServer.start();
        int port = server.server().metricsAddress().orElseThrow().getPort();
        RawConnection scraper = new RawConnection(port).send(SCRAPE);
        assertThat(scraper.status()).isEqualTo(200);
        RawConnection header = server.raw().send("GET /healthz HTTP/1.1\r\nX: ");
        slow.addAll(List.of(scraper, header));

        assertThat(header.status())
                .as("by now the scraper's time for a header is over, too")
                .isIn(0, 408);
        assertThat(scraper.send(SCRAPE).status()).isEqualTo(200);
    }

    private void drip() {
        ScheduledFuture<?> unused = dripping.scheduleAtFixedRate(
                () -> slow.forEach(connection -> {
                    try {
                        connection.trySend(new byte[] {'a'});
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                }),
                0,
                1,
                TimeUnit.SECONDS);
    }
}
