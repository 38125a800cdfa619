package dev.chatelaine.mcp.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.gateway.fake.FakeProvider;
import dev.chatelaine.gateway.fake.Script;
import dev.chatelaine.mcp.gateway.Application.Answered;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A provider that says when it may be asked again is not asked before. Without a word it is after half a second at most. */
@Execution(ExecutionMode.CONCURRENT)
class RetryAfterIT {
    private static final Duration TOLERANCE = Duration.ofMillis(50);

    @TempDir
    private Path home;

    private final List<Instant> asked = new CopyOnWriteArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private GatewayService service;

    @SuppressWarnings("NullAway.Init")
    private FakeProvider openai;

    @BeforeEach
    void start() throws IOException {
        service = GatewayService.in(home);
        openai = service.provider("openai");
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private void saysOnce(int status, Supplier<String> header) {
        openai.next(exchange -> {
            asked.add(Instant.now());
            exchange.answer(status, header.get() + "\r\n", openai.errorBody(status, "later"));
        });
        openai.next(exchange -> {
            asked.add(Instant.now());
            exchange.answer(
                    200,
                    "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,"
                            + "\"message\":{\"role\":\"assistant\",\"content\":\"now\"},\"finish_reason\":\"stop\"}],"
                            + "\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":2,\"total_tokens\":12}}");
        });
    }

    private void assertAnswered() {
        Answered answer = service.application(service.key("app")).chat(service.model("openai"), "hello there");
        assertThat(answer.said()).as(answer.all()).isEqualTo("now");
        assertThat(answer.header("x-chatelaine-attempts")).isEqualTo("2");
        assertThat(asked).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503, 529})
    void itWaitsForTheSecondsThatItIsTold(int status) {
        saysOnce(status, () -> "Retry-After: 2");

        assertAnswered();

        assertThat(Duration.between(asked.get(0), asked.get(1)))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(2).minus(TOLERANCE));
    }

    @Test
    void itWaitsForTheMillisecondsThatOpenAiTells() {
        saysOnce(429, () -> "retry-after-ms: 1500");

        assertAnswered();

        assertThat(Duration.between(asked.get(0), asked.get(1)))
                .isGreaterThanOrEqualTo(Duration.ofMillis(1500).minus(TOLERANCE));
    }

    @Test
    void itWaitsForTheDateThatItIsTold() {
        List<Instant> told = new CopyOnWriteArrayList<>();
        saysOnce(429, () -> {
            told.add(Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(3));
            return "Retry-After: "
                    + DateTimeFormatter.RFC_1123_DATE_TIME.format(told.get(0).atOffset(ZoneOffset.UTC));
        });

        assertAnswered();

        assertThat(asked.get(1)).isAfterOrEqualTo(told.get(0).minus(TOLERANCE));
    }

    @Test
    void whereThatIsBeyondTheDeadlineTheCallerIsToldAndNobodyWaits() {
        openai.next(Script.answer(429, "Retry-After: 3600\r\n", openai.errorBody(429, "later")));

        Answered answer = service.application(service.key("app")).chat(service.model("openai"), "hello there");

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.attempts()).containsExactly("rate_limited");
        assertThat(answer.header("retry-after")).isEqualTo("3600");
    }
}
