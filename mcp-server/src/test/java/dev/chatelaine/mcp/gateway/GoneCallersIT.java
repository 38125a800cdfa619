package dev.chatelaine.mcp.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.gateway.fake.FakeExchange;
import dev.chatelaine.gateway.fake.Script;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Callers who hang up: what was asked for them is given up at once, nothing is asked again, and what was used is settled. */
class GoneCallersIT {
    private static final String CHUNK =
            "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":"
                    + "\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"so far\"},\"finish_reason\":null}]}\n\n";

    @TempDir
    private Path home;

    private final CompletableFuture<FakeExchange> asked = new CompletableFuture<>();

    @SuppressWarnings("NullAway.Init")
    private GatewayService service;

    @BeforeEach
    void start() throws IOException {
        service = GatewayService.in(home);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void beforeTheFirstByte() throws Exception {
        plan("");
        try (Socket caller = call("")) {
            asked.get(60, TimeUnit.SECONDS);
        }
        assertGivenUp();
        assertThat(service.usage().tokens().prompt()).isPositive();
        assertThat(service.usage().tokens().completion()).isZero();
    }

    @Test
    void beforeTheFirstEventOfAStream() throws Exception {
        plan("");
        try (Socket caller = call(",\"stream\":true")) {
            asked.get(60, TimeUnit.SECONDS);
        }
        assertGivenUp();
    }

    @Test
    void inTheMiddleOfAStream() throws Exception {
        plan(CHUNK);
        try (Socket caller = call(",\"stream\":true")) {
            assertThat(until(caller.getInputStream(), "so far")).contains("200 OK", "text/event-stream");
        }
        assertGivenUp();
        assertThat(service.usage().tokens().completion()).isPositive();
    }

    private void plan(String events) {
        Script script = exchange -> {
            if (!events.isEmpty()) {
                exchange.streamHead();
                exchange.write(events);
            }
            asked.complete(exchange);
            exchange.awaitGone();
        };
        service.provider("openai").next(script);
    }

    private Socket call(String more) throws IOException {
        byte[] body =
                Application.body(service.model("openai"), "hello there", more).getBytes(StandardCharsets.UTF_8);
        String head = "POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:"
                + service.address().getPort()
                + "\r\nAuthorization: Bearer " + service.key("app") + "\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + body.length + "\r\n\r\n";
        Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), service.address().getPort());
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(body);
        return socket;
    }

    private static String until(InputStream in, String text) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(text) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new AssertionError("it ended: " + read);
            }
            read.append((char) next);
        }
        return read.toString();
    }

    private void assertGivenUp() throws Exception {
        asked.get(60, TimeUnit.SECONDS).gone().get(60, TimeUnit.SECONDS);
        Await.that(() -> service.usage().requests() == 1);
        assertThat(service.usage().estimated()).isEqualTo(1);
        assertThat(service.provider("openai").requests()).hasSize(1);
        assertThat(service.spend("app").reserved()).isZero();
    }
}
