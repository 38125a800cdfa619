package dev.chatelaine.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;

/** Many streams whose callers take nothing cost little, however much the providers send. */
class UpstreamMemoryIT {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @RegisterExtension
    final UpstreamFixture fixture = UpstreamFixture.with(UpstreamFixture.limits(PATIENCE, PATIENCE));

    @Test
    void aStreamThatNobodyTakesHoldsALittleMemory() throws Exception {
        int streams = 300;
        byte[] piece =
                ("data: {\"t\":\"" + "x".repeat(1_000) + "\"}\n\n").repeat(64).getBytes(StandardCharsets.UTF_8);
        try (RawServer server = RawServer.doing(exchange -> {
            exchange.streamHead();
            while (exchange.pause(0)) {
                exchange.write(piece);
            }
        })) {
            long before = used();
            List<UpstreamAnswer.Events> open = open(streams, server);
            awaitStandstill(server);

            assertThat((used() - before) / streams).isLessThan(160 * 1024);
            assertThat(open).hasSize(streams);
        }
    }

    @Test
    void aThousandSlowStreamsHoldALittleMemoryEach() throws Exception {
        int streams = 1_000;
        CountDownLatch more = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        try (RawServer server = RawServer.doing(exchange -> {
            exchange.streamHead();
            exchange.write("data: {\"n\":1}\n\n");
            more.await();
            for (int number = 2; number <= Slow.EVENTS; number++) {
                exchange.write("data: {\"n\":" + number + "}\n\n");
            }
            end.await();
            exchange.write("data: [DONE]\n\n");
        })) {
            long before = used();
            List<Slow> open = open(streams, server).stream().map(Slow::of).toList();
            more.countDown();
            for (Slow each : open) {
                each.waits.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }

            assertThat((used() - before) / streams).isLessThan(128 * 1024);
            assertThat(open).allMatch(each -> each.taken.get() == 2 && !each.isDisposed());
            assertThat(server.exchanges()).hasSize(streams);
            end.countDown();
            for (Slow each : open) {
                each.requestUnbounded();
                each.complete.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
            assertThat(open).allMatch(each -> each.taken.get() == Slow.EVENTS && each.complete.getCount() == 0);
        }
    }

    private List<UpstreamAnswer.Events> open(int streams, RawServer server) {
        return Objects.requireNonNull(Flux.range(0, streams)
                .flatMap(
                        number -> fixture.client()
                                .send(UpstreamFixture.request("openai", server.url()), Deadline.after(PATIENCE)),
                        32)
                .cast(UpstreamAnswer.Events.class)
                .collectList()
                .block(PATIENCE));
    }

    private static void awaitStandstill(RawServer server) throws IOException, InterruptedException {
        long before = -1;
        long now = written(server);
        while (now != before) {
            before = now;
            server.exchanges().get(0).pause(500);
            now = written(server);
        }
    }

    private static long written(RawServer server) {
        return server.exchanges().stream()
                .mapToLong(RawServer.Exchange::written)
                .sum();
    }

    /** Bytes on the heap that are reachable, and direct ones. */
    private static long used() {
        System.gc();
        long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        return direct + ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** A caller that takes two events and no more until it is told to. */
    private static final class Slow extends BaseSubscriber<UpstreamEvent> {
        static final int EVENTS = 50;

        final CountDownLatch waits = new CountDownLatch(2);
        final CountDownLatch complete = new CountDownLatch(1);
        final AtomicInteger taken = new AtomicInteger();

        static Slow of(UpstreamAnswer.Events answer) {
            Slow caller = new Slow();
            UpstreamFixture.each(answer).subscribe(caller);
            return caller;
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            request(2);
        }

        @Override
        protected void hookOnNext(UpstreamEvent event) {
            taken.incrementAndGet();
            waits.countDown();
        }

        @Override
        protected void hookOnComplete() {
            complete.countDown();
        }
    }
}
