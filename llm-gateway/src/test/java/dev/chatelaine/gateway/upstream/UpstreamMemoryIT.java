package dev.chatelaine.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;

/** Many streams whose callers take nothing cost little, however much the providers send. */
class UpstreamMemoryIT {
    private static final int STREAMS = 300;
    private static final long EACH = 160 * 1024;

    @RegisterExtension
    final UpstreamFixture fixture = UpstreamFixture.patient();

    @Test
    void aStreamThatNobodyTakesHoldsALittleMemory() throws Exception {
        byte[] piece =
                ("data: {\"t\":\"" + "x".repeat(1_000) + "\"}\n\n").repeat(64).getBytes(StandardCharsets.UTF_8);
        try (RawServer server = RawServer.doing(exchange -> {
            exchange.streamHead();
            while (exchange.pause(0)) {
                exchange.write(piece);
            }
        })) {
            long before = used();
            List<UpstreamAnswer> open = open(server);
            awaitStandstill(server);

            assertThat(open).hasSize(STREAMS);
            assertThat((used() - before) / STREAMS).isLessThan(EACH);
        }
    }

    private List<UpstreamAnswer> open(RawServer server) {
        return new ArrayList<>(Objects.requireNonNull(Flux.range(0, STREAMS)
                .flatMap(
                        number -> fixture.client()
                                .send(
                                        UpstreamFixture.request("openai", server.url()),
                                        Deadline.after(Duration.ofMinutes(5))),
                        32)
                .collectList()
                .block(Duration.ofMinutes(2))));
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
}
