package dev.chatelaine.mcp.gateway;

import static dev.chatelaine.mcp.gateway.GatewayService.LONG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.gateway.fake.FakeExchange;
import dev.chatelaine.gateway.fake.Script;
import dev.chatelaine.mcp.gateway.Application.Answered;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** One deadline holds for all that is done for a request: providers that come to no end do not get more by being many or slow. */
@Execution(ExecutionMode.CONCURRENT)
class DeadlineIT {
    private static final Duration DEADLINE = Duration.ofSeconds(6);
    private static final long BYTE_EVERY_MILLIS = 250;
    private static final List<String> CHAIN = List.of("openai", "groq", "mistral", "together");

    @TempDir
    private Path home;

    private final BlockingQueue<FakeExchange> begun = new LinkedBlockingQueue<>();

    @SuppressWarnings("NullAway.Init")
    private GatewayService service;

    @SuppressWarnings("NullAway.Init")
    private Application application;

    @AfterEach
    void stop() {
        service.close();
    }

    /** Two seconds may pass between two pieces of an answer, and six in all. */
    private void start(Duration firstByte) throws IOException {
        service = GatewayService.waiting(home, DEADLINE, firstByte, Duration.ofSeconds(2));
        application = service.application(service.key("app"));
    }

    private Answered chain() {
        String fallbacks = "[\""
                + String.join(
                        "\",\"", CHAIN.stream().skip(1).map(service::model).toList()) + "\"]";
        return application.post(
                "/v1/chat/completions",
                Application.body(service.model(CHAIN.get(0)), "hello there", ",\"fallbacks\":" + fallbacks));
    }

    /** A byte now and then, which is no silence, for as long as somebody listens. */
    private static void drip(FakeExchange exchange, String text) throws IOException, InterruptedException {
        for (int at = 0; exchange.pause(BYTE_EVERY_MILLIS); at++) {
            exchange.write(text.substring(at % text.length(), at % text.length() + 1));
        }
    }

    @Test
    void anAnswerThatComesByteByByteIsGivenUp() throws IOException {
        start(LONG);
        service.provider("openai").next(exchange -> {
            exchange.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n");
            drip(exchange, " ");
        });

        Answered answer = application.chat(service.model("openai"), "hello there");

        assertThat(answer.status()).as(answer.all()).isEqualTo(504);
        assertThat(answer.attempts()).containsExactly("deadline");
        assertThat(service.provider("openai").requests()).hasSize(1);
        assertSettled();
    }

    @Test
    void aStreamThatComesByteByByteEndsWithAnError() throws IOException {
        start(LONG);
        service.provider("openai").next(exchange -> {
            exchange.streamHead();
            exchange.write(PausedStream.FIRST);
            drip(exchange, ": still here\n");
        });

        Answered answer = application.stream(service.model("openai"), "hello there");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.events()).hasSize(2);
        assertThat(answer.events().get(0)).contains("so far");
        assertThat(answer.events().get(1)).contains("\"error\"", "\"code\":\"deadline\"");
        assertSettled();
        assertThat(service.usage().estimated()).isEqualTo(1);
    }

    @Test
    void aHeadThatComesByteByByteIsGivenUpLikeSilence() throws IOException {
        start(Duration.ofSeconds(2));
        service.provider("openai").next(exchange -> drip(exchange, "HTTP/1.1 200 OK\r\nX-Slow: " + "x".repeat(1000)));

        Answered answer = application.chat(service.model("openai"), "hello there");

        assertThat(answer.status()).as(answer.all()).isEqualTo(200);
        assertThat(answer.header("x-chatelaine-attempts")).isEqualTo("2");
    }

    @Test
    void candidatesThatNeverAnswerAreAskedUntilThenAndNotForOneFirstByteEach() throws IOException {
        start(Duration.ofMillis(500));
        CHAIN.forEach(this::hangs);

        Answered answer = chain();

        assertThat(answer.status()).as(answer.all()).isEqualTo(504);
        assertThat(answer.code()).isEqualTo("deadline");
        assertThat(answer.attempts())
                .as("each has three tries, of half a second and with half a second between them")
                .hasSizeBetween(4, 9)
                .last()
                .isEqualTo("deadline");
        assertThat(answer.attempts().subList(0, answer.attempts().size() - 1)).containsOnly("first_byte_timeout");
        assertThat(asked().get("groq")).isPositive();
        assertSettled();
        assertThat(begun).allSatisfy(exchange -> exchange.gone().get(LONG.toSeconds(), TimeUnit.SECONDS));
    }

    @Test
    void oneThatHangsTakesTheTimeOfAll() throws Exception {
        start(LONG);
        CHAIN.forEach(this::hangs);

        Answered answer = chain();

        assertThat(answer.status()).as(answer.all()).isEqualTo(504);
        assertThat(answer.attempts()).containsExactly("deadline");
        assertThat(asked()).containsEntry("openai", 1).containsEntry("groq", 0);
        begun.take().gone().get(LONG.toSeconds(), TimeUnit.SECONDS);
    }

    private void hangs(String provider) {
        Script silence = exchange -> {
            begun.add(exchange);
            exchange.awaitGone();
        };
        for (int i = 0; i < 3; i++) {
            service.provider(provider).next(silence);
        }
    }

    private Map<String, Integer> asked() {
        return CHAIN.stream()
                .collect(Collectors.toMap(
                        id -> id, id -> service.provider(id).requests().size()));
    }

    private void assertSettled() {
        Await.that(() -> service.usage().requests() == 1);
        assertThat(service.spend("app").reserved()).isZero();
        assertThat(service.usage().failed()).isEqualTo(1);
    }
}
