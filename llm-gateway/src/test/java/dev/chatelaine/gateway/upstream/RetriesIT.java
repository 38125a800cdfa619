package dev.chatelaine.gateway.upstream;

import static dev.chatelaine.gateway.upstream.UpstreamFixture.LONG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.gateway.failure.FailureCategory;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;

class RetriesIT {
    @RegisterExtension
    final UpstreamFixture fixture = UpstreamFixture.patient();

    private final List<FailureCategory> failed = new CopyOnWriteArrayList<>();

    @ParameterizedTest
    @ValueSource(ints = {408, 409, 429, 500, 502, 503, 529})
    void whatMayPassIsAskedAgain(int status) throws IOException {
        try (RawServer server = failingFirst(2, status, "")) {
            assertThat(ask(server, LONG)).isInstanceOf(UpstreamAnswer.Whole.class);
            assertThat(server.exchanges()).hasSize(3);
            assertThat(failed).hasSize(2);
        }
    }

    @Test
    void afterTheLastRetryTheFailureIsTold() throws IOException {
        try (RawServer server = RawServer.answering(500, "", "{}")) {
            assertThat(UpstreamFixture.thrown(() -> ask(server, LONG)).category())
                    .isEqualTo(FailureCategory.SERVER_ERROR);
            assertThat(server.exchanges()).hasSize(3);
            assertThat(failed).hasSize(3);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 402, 403, 404, 413, 422, 302})
    void whatDoesNotPassIsAskedOnce(int status) throws IOException {
        try (RawServer server = RawServer.answering(status, "", "{}")) {
            UpstreamFixture.thrown(() -> ask(server, LONG));

            assertThat(server.exchanges()).hasSize(1);
        }
    }

    @Test
    void aConnectionThatIsLostIsMadeAgain() throws IOException {
        try (RawServer server = RawServer.doing(exchange -> {
            if (exchange.number() <= 2) {
                exchange.reset();
            }
            exchange.answer(200, "", "{}");
        })) {
            assertThat(ask(server, LONG)).isInstanceOf(UpstreamAnswer.Whole.class);
            assertThat(failed).containsOnly(FailureCategory.CONNECTION_LOST);
        }
    }

    @Test
    void retryAfterIsWaitedFor() throws IOException {
        try (RawServer server = failingFirst(1, 429, "Retry-After: 1\r\n")) {
            long before = System.nanoTime();
            ask(server, LONG);

            assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
            assertThat(server.exchanges()).hasSize(2);
        }
    }

    @Test
    void aDateThatHasPassedIsNotWaitedFor() throws IOException {
        try (RawServer server = failingFirst(1, 503, "Retry-After: Sun, 22 Nov 2026 07:59:00 GMT\r\n")) {
            ask(server, LONG);

            assertThat(server.exchanges()).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Retry-After: 60\r\n", "Retry-After: Sun, 22 Nov 2026 09:00:00 GMT\r\n"})
    void whatIsBeyondTheDeadlineIsNotWaitedFor(String header) throws IOException {
        try (RawServer server = RawServer.answering(429, header, "{}")) {
            UpstreamException failure = UpstreamFixture.thrown(() -> ask(server, LONG));

            assertThat(failure.category()).isEqualTo(FailureCategory.RATE_LIMITED);
            assertThat(server.exchanges()).hasSize(1);
        }
    }

    @Test
    void aStreamThatBreaksIsNotAskedForAgain() throws IOException {
        try (RawServer server = RawServer.streaming("data: {}\n\n")) {
            UpstreamAnswer.Events answer = (UpstreamAnswer.Events) ask(server, LONG);
            UpstreamFixture.thrown(() -> UpstreamFixture.each(answer).blockLast(LONG));

            assertThat(server.exchanges()).hasSize(1);
        }
    }

    @Test
    void aCallerThatGoesAwayInThePauseIsTheLastOfIt() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        try (RawServer server = RawServer.answering(429, "Retry-After: 2\r\n", "{}")) {
            Disposable asking = retries()
                    .send(
                            UpstreamFixture.request("openai", server.url()),
                            UpstreamFixture.soon(),
                            failure -> first.countDown())
                    .subscribe();
            assertThat(first.await(30, TimeUnit.SECONDS)).isTrue();
            asking.dispose();

            assertThat(asking.isDisposed()).isTrue();
            assertThat(server.exchanges()).hasSize(1);
        }
    }

    private UpstreamAnswer ask(RawServer server, Duration deadline) {
        return java.util.Objects.requireNonNull(retries()
                .send(
                        UpstreamFixture.request("openai", server.url()),
                        Deadline.after(deadline),
                        failure -> failed.add(failure.category()))
                .block(Duration.ofMinutes(2)));
    }

    private Retries retries() {
        return new Retries(
                fixture.client(), new RetryPolicy(2, Duration.ofMillis(10), Duration.ofSeconds(1), new Random(1)));
    }

    private static RawServer failingFirst(int times, int status, String headers) throws IOException {
        return RawServer.doing(exchange -> {
            boolean fails = exchange.number() <= times;
            exchange.answer(fails ? status : 200, fails ? headers : "", "{}");
        });
    }
}
