package dev.chatelaine.bench.load;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.eclipse.jetty.client.BufferingResponseListener;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.jspecify.annotations.Nullable;

/**
 * A number of callers, each of whom sends its next request when the answer to the last is there, on a connection that no
 * other uses meanwhile. Callers who pause do so before each request, for random times as those between independent events
 * are: they load nothing fully, and do not come all at once.
 */
public final class Load {
    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int DIGITS = 3;

    private final HttpClient client;
    private final Scenario scenario;
    private final int connections;
    private final Duration pause;

    /** So many callers of this, who never pause. */
    public Load(HttpClient client, Scenario scenario, int connections) {
        this(client, scenario, connections, Duration.ZERO);
    }

    /**
     * So many callers of this.
     *
     * @param pause how long each pauses before a request, on average
     */
    public Load(HttpClient client, Scenario scenario, int connections, Duration pause) {
        this.client = client;
        this.scenario = scenario;
        this.connections = connections;
        this.pause = pause;
    }

    /**
     * Goes on for as long as this and then waits for the last answers.
     *
     * @throws IllegalStateException an answer of our own was wrong
     */
    public Figures run(Duration time) throws InterruptedException {
        Run run = new Run(System.nanoTime() + time.toNanos());
        long began = System.nanoTime();
        for (int caller = 0; caller < connections; caller++) {
            run.next(scenario.caller(client, caller), new SplittableRandom(caller));
        }
        run.finished.await();
        double seconds = (System.nanoTime() - began) / 1e9;
        if (run.wrong.get() > 0 && scenario.isOurs()) {
            throw new IllegalStateException(
                    run.wrong + " answers to " + scenario.name() + " were wrong, such as " + run.example);
        }
        return Figures.of(run.whole, run.first, seconds, run.wrong.get());
    }

    private final class Run {
        private final long end;
        private final Histogram whole = new ConcurrentHistogram(LONGEST_NANOS, DIGITS);
        private final Histogram first = new ConcurrentHistogram(LONGEST_NANOS, DIGITS);
        private final AtomicLong wrong = new AtomicLong();
        private final AtomicReference<@Nullable String> example = new AtomicReference<>();
        private final CountDownLatch finished = new CountDownLatch(connections);

        Run(long end) {
            this.end = end;
        }

        void next(Supplier<Request> requests, SplittableRandom pauses) {
            if (System.nanoTime() >= end) {
                finished.countDown();
            } else if (pause.isZero()) {
                ask(requests, pauses);
            } else {
                long nanos = (long) (-Math.log(1 - pauses.nextDouble()) * pause.toNanos());
                client.getScheduler().schedule(() -> ask(requests, pauses), nanos, TimeUnit.NANOSECONDS);
            }
        }

        private void ask(Supplier<Request> requests, SplittableRandom pauses) {
            long began = System.nanoTime();
            requests.get().send(new BufferingResponseListener() {
                @Override
                public void onHeaders(Response response) {
                    record(first, began);
                    super.onHeaders(response);
                }

                @Override
                public void onComplete(Result result) {
                    record(whole, began);
                    if (result.isFailed()
                            || result.getResponse().getStatus() != scenario.status()
                            || !getContentAsString().strip().endsWith(scenario.end())) {
                        wrong.incrementAndGet();
                        example.compareAndSet(null, result + " " + getContentAsString());
                    }
                    next(requests, pauses);
                }
            });
        }

        private void record(Histogram histogram, long began) {
            histogram.recordValue(Math.min(System.nanoTime() - began, LONGEST_NANOS));
        }
    }
}
