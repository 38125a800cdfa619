package dev.chatelaine.bench.http;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.eclipse.jetty.client.BufferingResponseListener;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Result;

/**
 * A number of callers, each of whom sends its next request when the answer to the last is there, on a connection that no
 * other uses meanwhile.
 */
final class Load {
    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int DIGITS = 3;

    private final HttpClient client;
    private final Scenario scenario;
    private final int connections;

    Load(HttpClient client, Scenario scenario, int connections) {
        this.client = client;
        this.scenario = scenario;
        this.connections = connections;
    }

    /** Goes on for as long as this and then waits for the last answers. */
    Figures run(Duration time) throws InterruptedException {
        Run run = new Run(System.nanoTime() + time.toNanos());
        long began = System.nanoTime();
        for (int caller = 0; caller < connections; caller++) {
            run.next(scenario.caller(client, caller));
        }
        run.finished.await();
        double seconds = (System.nanoTime() - began) / 1e9;
        return Figures.of(run.nanos, seconds, run.wrong.get());
    }

    private final class Run {
        private final long end;
        private final Histogram nanos = new ConcurrentHistogram(LONGEST_NANOS, DIGITS);
        private final AtomicLong wrong = new AtomicLong();
        private final CountDownLatch finished = new CountDownLatch(connections);

        Run(long end) {
            this.end = end;
        }

        void next(Supplier<Request> requests) {
            long began = System.nanoTime();
            if (began >= end) {
                finished.countDown();
                return;
            }
            requests.get().send(new BufferingResponseListener() {
                @Override
                public void onComplete(Result result) {
                    nanos.recordValue(Math.min(System.nanoTime() - began, LONGEST_NANOS));
                    if (result.isFailed() || result.getResponse().getStatus() != scenario.status()) {
                        wrong.incrementAndGet();
                    }
                    next(requests);
                }
            });
        }
    }
}
