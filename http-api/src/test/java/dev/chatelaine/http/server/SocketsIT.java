package dev.chatelaine.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.http.RawConnection;
import dev.chatelaine.http.RawSocket;
import dev.chatelaine.http.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sockets and their limits, whatever goes over them. */
class SocketsIT {
    private static final Duration PING = Duration.ofMillis(400);
    private static final byte[] NOTHING = {};

    private final BlockingQueue<Tape> opened = new LinkedBlockingQueue<>();
    private TestServer server;

    /** Sends what a test puts on it. */
    private static final class Tape implements SocketSource {
        private final BlockingQueue<Outgoing> out = new LinkedBlockingQueue<>();
        private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
        private volatile Runnable wake = () -> {};

        @Override
        public void opened(Runnable wakes) {
            wake = wakes;
            told.add("opened");
        }

        @Override
        public @Nullable Outgoing next() {
            return out.poll();
        }

        @Override
        public void closed() {
            told.add("closed");
        }

        void put(Outgoing next) {
            out.add(next);
            wake.run();
        }

        void awaitClosed() throws InterruptedException {
            String last = "";
            while (!"closed".equals(last)) {
                last = told.poll(20, TimeUnit.SECONDS);
                assertThat(last).isNotNull();
            }
            assertThat(told).isEmpty();
        }
    }

    @BeforeEach
    void start() {
        start(PING);
    }

    private void start(Duration ping) {
        Route route = Route.bearer("GET", "/tape", call -> {
            call.bare();
            assertThat(call.bearer()).contains("t");
            Tape tape = new Tape();
            opened.add(tape);
            return Reply.socket(tape);
        });
        server = TestServer.start(TestServer.loopback(TestServer.QUICK.pingingEvery(ping)), List.of(route), List.of());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private RawSocket socket() throws IOException {
        RawSocket socket = RawSocket.open(server.port(), "/tape", "t");
        assertThat(socket.answer()).startsWith("HTTP/1.1 101 ");
        return socket;
    }

    private Tape tape() throws InterruptedException {
        Tape tape = opened.poll(20, TimeUnit.SECONDS);
        assertThat(tape).isNotNull();
        assertThat(tape.told.poll(20, TimeUnit.SECONDS)).isEqualTo("opened");
        return tape;
    }

    @Test
    void textsGoOutInTheirOrderAndTheGoodbyeIsTheLast() throws Exception {
        try (RawSocket socket = socket()) {
            Tape tape = tape();
            for (int i = 0; i < 1000; i++) {
                tape.put(new SocketSource.Text("t" + i));
            }
            tape.put(new SocketSource.Close(1000));
            for (int i = 0; i < 1000; i++) {
                assertThat(socket.text()).isEqualTo("t" + i);
            }
            assertThat(socket.end()).isEqualTo(1000);
            tape.awaitClosed();
        }
    }

    @Test
    void nothingIsCompressed() throws IOException {
        try (RawSocket socket = RawSocket.open(
                server.port(), "/tape", "t", "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits")) {
            assertThat(socket.answer()).startsWith("HTTP/1.1 101 ").doesNotContainIgnoringCase("extensions");
        }
    }

    @Test
    void whoAnswersPingsStaysLongerThanAnyTimeOut() throws Exception {
        try (RawSocket socket = socket()) {
            Tape tape = tape();
            for (int pings = 0; pings < 8; pings++) {
                assertThat(socket.next().opcode()).isEqualTo(RawSocket.PING);
                socket.send(RawSocket.PONG, "");
            }
            tape.put(new SocketSource.Text("still"));
            assertThat(socket.text()).isEqualTo("still");
        }
    }

    @Test
    void whoDoesNotAnswerAPingIsDropped() throws Exception {
        try (RawSocket socket = socket()) {
            assertThat(socket.end()).isEqualTo(RawSocket.NO_GOODBYE);
            tape().awaitClosed();
            assertThat(metrics()).contains("chatelaine_websocket_drops_total{reason=\"no_pong\"} 1.0");
        }
    }

    @Test
    void whoNeverReadsIsDroppedThoughAFrameIsStuck() throws Exception {
        try (RawSocket socket = socket()) {
            Tape tape = tape();
            String text = "x".repeat(60_000);
            for (int i = 0; i < 500; i++) {
                tape.put(new SocketSource.Text(text));
            }
            tape.awaitClosed();
            assertThat(tape.out).as("what was not asked for").isNotEmpty();
        }
    }

    @Test
    void whoNeverSaysGoodbyeBackIsDropped() throws Exception {
        try (RawSocket socket = socket()) {
            Tape tape = tape();
            tape.put(new SocketSource.Close(1000));
            assertThat(socket.end()).isEqualTo(1000);
            tape.awaitClosed();
        }
    }

    @Test
    void whoHangsUpIsGone() throws Exception {
        try (RawSocket socket = socket()) {
            socket.halfClose();
            tape().awaitClosed();
        }
        socket().close();
        tape().awaitClosed();
        try (RawSocket socket = socket()) {
            socket.send(RawSocket.CLOSE, true, new byte[] {3, (byte) 0xe8});
            assertThat(socket.end()).isEqualTo(1000);
            tape().awaitClosed();
        }
        assertThat(metrics()).contains("chatelaine_websockets_open 0.0");
    }

    @Test
    void aClientsPingIsAnsweredWithWhatItSaid() throws Exception {
        try (RawSocket socket = socket()) {
            RawSocket.Frame frame = socket.send(RawSocket.PING, "marco").next();
            while (frame.opcode() == RawSocket.PING) {
                frame = socket.next();
            }
            assertThat(frame.opcode()).isEqualTo(RawSocket.PONG);
            assertThat(frame.text()).isEqualTo("marco");
        }
    }

    @Test
    void shortTextsAreLeftUnread() throws Exception {
        try (RawSocket socket = socket()) {
            Tape tape = tape();
            socket.send(RawSocket.TEXT, "x".repeat(1024))
                    .send(RawSocket.TEXT, false, new byte[] {(byte) 0xe2, (byte) 0x82})
                    .send(RawSocket.CONTINUATION, false, NOTHING)
                    .send(RawSocket.CONTINUATION, true, new byte[] {(byte) 0xac});
            tape.put(new SocketSource.Text("well"));
            assertThat(socket.text()).isEqualTo("well");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2, true, 00, 1003",
        "2, false, 00, 1003",
        "1, true, ff, 1007",
        "1, true, c0af, 1007",
        "1, true, eda080, 1007",
        "1, true, e282, 1007",
        "1, false, ff, 1007",
        "0, true, 61, 1002",
        "3, true, 61, 1002",
        "9, false, 61, 1002",
    })
    void whatIsNoShortTextEndsIt(int opcode, boolean last, String hex, int code) throws Exception {
        try (RawSocket socket = socket()) {
            byte[] payload = HexFormat.of().parseHex(hex);
            assertThat(socket.send(opcode, last, payload).end()).isEqualTo(code);
            tape().awaitClosed();
        }
        assertThat(metrics()).contains("chatelaine_websocket_drops_total", "chatelaine_websockets_open 0.0");
    }

    @Test
    void anUnmaskedFrameEndsIt() throws Exception {
        try (RawSocket socket = socket()) {
            assertThat(socket.send(new byte[] {(byte) 0x81, 1, 'a'}).end()).isEqualTo(1002);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1025, 65_536, 10 << 20})
    void whatIsTooLongEndsIt(int length) throws Exception {
        try (RawSocket socket = socket()) {
            assertThat(socket.send(RawSocket.TEXT, true, new byte[length]).end())
                    .isIn(1009, RawSocket.NO_GOODBYE);
            tape().awaitClosed();
            assertThat(metrics()).contains("chatelaine_websocket_drops_total{reason=\"too_long\"} 1.0");
        }
    }

    @Test
    void tooLongInPartsIsTooLong() throws Exception {
        try (RawSocket socket = socket()) {
            socket.send(RawSocket.TEXT, false, new byte[1000]);
            assertThat(socket.send(RawSocket.CONTINUATION, false, new byte[25]).end())
                    .isEqualTo(1009);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void fragmentsWithoutEndEndIt(int length) throws Exception {
        try (RawSocket socket = socket()) {
            byte[] part = "x".repeat(length).getBytes(StandardCharsets.US_ASCII);
            socket.send(RawSocket.TEXT, false, part);
            for (int i = 0; i < 200; i++) {
                socket.send(RawSocket.CONTINUATION, false, part);
            }
            assertThat(socket.end()).isIn(1008, RawSocket.NO_GOODBYE);
            tape().awaitClosed();
            assertThat(metrics()).contains("chatelaine_websocket_drops_total{reason=\"flood\"} 1.0");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {RawSocket.TEXT, RawSocket.PING, RawSocket.PONG})
    void aFloodEndsIt(int opcode) throws Exception {
        try (RawSocket socket = socket()) {
            for (int i = 0; i < 2000; i++) {
                socket.send(opcode, true, NOTHING);
            }
            tape().awaitClosed();
            assertThat(metrics()).contains("chatelaine_websocket_drops_total{reason=\"flood\"} 1.0");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Upgrade: websocket\r\n",
                "Sec-WebSocket-Version: 13\r\n",
            })
    void whatAsksForNoneIsToldThatThereIsOne(String missing) throws Exception {
        String request = RawSocket.request("/tape", "Authorization: Bearer t");

        assertRefused(request.replace(missing, ""), 426);
        tape426();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Sec-WebSocket-Version: 13 | Sec-WebSocket-Version: 8 | 426
            Sec-WebSocket-Version: 13 | Sec-WebSocket-Version: 8, 13 | 426
            Upgrade: websocket | Upgrade: h2c | 426
            GET /tape HTTP/1.1 | GET /tape HTTP/1.0 | 426
            Connection: Upgrade | Connection: close | 400
            GET /tape HTTP/1.1 | POST /tape HTTP/1.1 | 405
            GET /tape HTTP/1.1 | GET /tape?colour=red HTTP/1.1 | 400
            GET /tape HTTP/1.1 | GET /./tape HTTP/1.1 | 400
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ== | X: y | 400
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ== | Sec-WebSocket-Key: dGhlIHNhbXBsZQ== | 400
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ== | Sec-WebSocket-Key: !!! | 400
            Host: localhost | Host: evil.example | 403
            Host: localhost | Origin: https://evil.example | 400
            X-None: 1 | Origin: https://evil.example | 403
            X-None: 1 | Origin: null | 403
            """)
    void aWrongHandshakeIsRefused(String part, String instead, int status) throws Exception {
        String request = RawSocket.request("/tape", "Authorization: Bearer t", "X-None: 1");

        assertRefused(request.replace(part, instead), status);
    }

    @Test
    void anAllowedOriginMayAsk() throws IOException {
        try (RawSocket socket = RawSocket.open(server.port(), "/tape", "t", "Origin: https://console.example")) {
            assertThat(socket.answer()).startsWith("HTTP/1.1 101 ");
        }
    }

    @Test
    void stoppingSaysGoodbyeToAll() throws Exception {
        server.close();
        start(Duration.ofSeconds(20));
        try (RawSocket polite = socket();
                RawSocket silent = socket()) {
            Tape first = tape();
            Tape second = tape();
            Thread stopping = new Thread(server.server()::stop);
            stopping.start();
            assertThat(polite.next().code()).isEqualTo(1001);
            polite.send(RawSocket.CLOSE, true, new byte[] {3, (byte) 0xe9});
            assertThat(silent.end()).isEqualTo(1001);
            first.awaitClosed();
            second.awaitClosed();
            stopping.join(10_000);
            assertThat(stopping.isAlive()).isFalse();
        }
    }

    private void assertRefused(String request, int status) throws IOException {
        try (RawConnection connection = server.raw()) {
            String answer = connection.send(request).answer();
            assertThat(RawConnection.status(answer)).as(answer).isEqualTo(status);
            if (status == 426) {
                assertThat(answer).contains("Sec-WebSocket-Version: 13\r\n", "Upgrade: websocket\r\n");
            }
        }
    }

    /** What the route made is told that it is over, without ever having been open. */
    private void tape426() throws InterruptedException {
        Tape tape = opened.poll(20, TimeUnit.SECONDS);
        assertThat(tape).isNotNull();
        assertThat(tape.told).containsExactly("closed");
    }

    private String metrics() {
        return new MetricsReader(server.server().metricsAddress().orElseThrow()).text();
    }
}
