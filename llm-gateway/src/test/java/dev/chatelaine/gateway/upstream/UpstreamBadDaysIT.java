package dev.chatelaine.gateway.upstream;

import static dev.chatelaine.gateway.upstream.UpstreamFixture.LONG;
import static dev.chatelaine.gateway.upstream.UpstreamFixture.SHORT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.gateway.failure.FailureCategory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Providers that are silent, slow, or gone. */
class UpstreamBadDaysIT {
    private static final String EVENT = "data: {\"id\":\"a\"}\n\n";

    @RegisterExtension
    final UpstreamFixture hurried = UpstreamFixture.with(UpstreamFixture.limits(SHORT, LONG));

    @RegisterExtension
    final UpstreamFixture idle = UpstreamFixture.with(UpstreamFixture.limits(LONG, SHORT));

    @RegisterExtension
    final UpstreamFixture patient = UpstreamFixture.patient();

    static Stream<RawServer.Script> silences() {
        return Stream.of(
                exchange -> exchange.awaitGone(),
                exchange -> {
                    exchange.write("HTTP/1.1 200 OK\r\nContent-Le");
                    exchange.awaitGone();
                },
                exchange -> {
                    exchange.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n");
                    exchange.awaitGone();
                },
                exchange -> {
                    exchange.streamHead();
                    exchange.awaitGone();
                },
                exchange -> {
                    exchange.streamHead();
                    exchange.write("data: {\"id\":");
                    exchange.awaitGone();
                },
                exchange -> {
                    exchange.streamHead();
                    while (exchange.pause(20)) {
                        exchange.write(": still here\n\n");
                    }
                },
                exchange -> {
                    exchange.streamHead();
                    while (exchange.pause(20)) {
                        exchange.write("d");
                    }
                });
    }

    @ParameterizedTest
    @MethodSource("silences")
    void whoSaysNothingInTimeIsGivenUp(RawServer.Script script) throws IOException {
        try (RawServer server = RawServer.doing(script)) {
            assertThat(hurried.failure(server).category()).isEqualTo(FailureCategory.FIRST_BYTE_TIMEOUT);
        }
    }

    @Test
    void theConnectionOfWhoIsGivenUpIsClosed() throws Exception {
        try (RawServer server = RawServer.doing(exchange -> exchange.awaitGone())) {
            while (server.exchanges().isEmpty()) {
                hurried.failure(server);
            }

            server.exchanges().get(0).gone().get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void aStatusIsKnownWithoutTheBodyThatDoesNotCome() throws IOException {
        try (RawServer server = RawServer.doing(exchange -> {
            exchange.write("HTTP/1.1 503 Busy\r\nContent-Length: 9\r\n\r\n");
            exchange.awaitGone();
        })) {
            assertThat(categories(server)).contains(FailureCategory.OVERLOADED);
        }
    }

    /** On a busy machine even a head can be late, so that it takes a few questions. */
    private Stream<FailureCategory> categories(RawServer server) {
        return Stream.generate(() -> hurried.failure(server).category())
                .limit(20)
                .dropWhile(category -> category == FailureCategory.FIRST_BYTE_TIMEOUT)
                .limit(1);
    }

    @Test
    void aWholeAnswerThatStopsMidwayIsGivenUp() throws IOException {
        try (RawServer server = RawServer.doing(exchange -> {
            exchange.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{");
            exchange.awaitGone();
        })) {
            assertThat(idle.failure(server).category()).isEqualTo(FailureCategory.FIRST_BYTE_TIMEOUT);
        }
    }

    @Test
    void aByteNowAndThenDoesNotPutOffTheDeadline() throws IOException {
        try (RawServer server = RawServer.doing(exchange -> {
            exchange.write("HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n");
            while (exchange.pause(20)) {
                exchange.write(" ");
            }
        })) {
            UpstreamException failure = UpstreamFixture.thrown(() -> patient.client()
                    .send(UpstreamFixture.request("openai", server.url()), Deadline.after(Duration.ofMillis(600)))
                    .block(LONG));

            assertThat(failure.category()).isEqualTo(FailureCategory.DEADLINE);
        }
    }

    @Test
    void nothingIsAskedAfterTheDeadline() throws IOException {
        try (RawServer server = RawServer.answering(200, "", "{}")) {
            UpstreamException failure = UpstreamFixture.thrown(() -> patient.client()
                    .send(UpstreamFixture.request("openai", server.url()), Deadline.after(Duration.ZERO))
                    .block(LONG));

            assertThat(failure.category()).isEqualTo(FailureCategory.DEADLINE);
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void aStreamThatFallsSilentBreaks() throws IOException {
        try (RawServer server = RawServer.doing(exchange -> {
            exchange.streamHead();
            exchange.write(EVENT + "data: {\"half");
            exchange.awaitGone();
        })) {
            assertThat(idle.breaks(server)).isEqualTo(FailureCategory.STREAM_IDLE);
        }
    }

    @Test
    void aStreamThatNeverEndsEndsWithTheDeadline() throws IOException {
        try (RawServer server = RawServer.doing(exchange -> {
            exchange.streamHead();
            do {
                exchange.write(EVENT);
            } while (exchange.pause(20));
        })) {
            UpstreamException failure = UpstreamFixture.thrown(() -> patient.client()
                    .send(UpstreamFixture.request("openai", server.url()), Deadline.after(Duration.ofMillis(900)))
                    .cast(UpstreamAnswer.Events.class)
                    .flatMapMany(UpstreamFixture::each)
                    .blockLast(LONG));

            assertThat(failure.category()).isEqualTo(FailureCategory.DEADLINE);
        }
    }

    static Stream<String> brokenStreams() {
        return Stream.of(
                EVENT,
                EVENT + "data: {\"id\":\"b\"}",
                EVENT + "data: {\"id\":",
                EVENT + "data: nonsense\n\ndata: [DONE]\n\n",
                EVENT + "data: {\"error\":{\"message\":\"boom\"}}\n\ndata: [DONE]\n\n",
                EVENT + "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\"}}\n\n",
                EVENT + "data: \"" + "a".repeat(100_000) + "\"\n\ndata: [DONE]\n\n");
    }

    @ParameterizedTest
    @MethodSource("brokenStreams")
    void aStreamThatDoesNotEndAsItShouldBreaks(String events) throws IOException {
        try (RawServer server = RawServer.streaming(events)) {
            assertThat(patient.breaks(server)).isEqualTo(FailureCategory.STREAM_BROKEN);
        }
    }

    @Test
    void aStreamThatIsResetBreaks() throws IOException {
        try (RawServer server = RawServer.doing(exchange -> {
            exchange.streamHead();
            exchange.write(EVENT);
            exchange.pause(50);
            exchange.reset();
        })) {
            assertThat(patient.breaks(server)).isEqualTo(FailureCategory.STREAM_BROKEN);
        }
    }

    static Stream<RawServer.Script> lostConnections() {
        return Stream.of(
                exchange -> exchange.close(),
                exchange -> exchange.reset(),
                exchange -> {
                    exchange.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}");
                    exchange.close();
                },
                exchange -> {
                    exchange.streamHead();
                    exchange.close();
                },
                exchange -> {
                    exchange.streamHead();
                    exchange.write("data: {\"id\":\"a\"}");
                    exchange.close();
                });
    }

    @ParameterizedTest
    @MethodSource("lostConnections")
    void aConnectionThatEndsBeforeAnAnswerIsLost(RawServer.Script script) throws IOException {
        try (RawServer server = RawServer.doing(script)) {
            assertThat(patient.failure(server).category()).isEqualTo(FailureCategory.CONNECTION_LOST);
        }
    }

    @Test
    void whatIsNotHttpIsNoAnswer() throws IOException {
        try (RawServer server = RawServer.doing(exchange -> {
            exchange.write("SSH-2.0-OpenSSH_9.2\r\n\r\n");
            exchange.close();
        })) {
            assertThat(patient.failure(server).category()).isEqualTo(FailureCategory.INVALID_ANSWER);
        }
    }

    @Test
    void aHeadThatIsTooLongIsNoAnswer() throws IOException {
        try (RawServer server = RawServer.answering(200, "x: " + "a".repeat(100_000) + "\r\n", "{}")) {
            assertThat(patient.failure(server).category()).isEqualTo(FailureCategory.INVALID_ANSWER);
        }
    }

    @Test
    void aStreamThatBeginsWithAnErrorIsAnError() throws IOException {
        String event = "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\"}}\n\n";
        try (RawServer server = RawServer.streaming(event)) {
            assertThat(patient.failure(server).category()).isEqualTo(FailureCategory.OVERLOADED);
        }
    }

    @Test
    void aStreamWithoutAnEventIsNoAnswer() throws IOException {
        try (RawServer server = RawServer.streaming("data: [DONE]\n\n")) {
            assertThat(patient.failure(server).category()).isEqualTo(FailureCategory.INVALID_ANSWER);
        }
    }

    @Test
    void aPortOnWhichNobodyListensIsUnreachable() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        URI url = URI.create("http://127.0.0.1:" + port);

        UpstreamException failure = UpstreamFixture.thrown(() -> patient.client()
                .send(UpstreamFixture.request("openai", url), UpstreamFixture.soon())
                .block(LONG));

        assertThat(failure.category()).isEqualTo(FailureCategory.UNREACHABLE);
    }
}
