package dev.chatelaine.bench.gateway;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.client.BufferingResponseListener;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;

/** Many streams that send an event a second, open at the same time, and what memory that takes. */
final class SlowStreams {
    private static final Pace PACE = new Pace(0, 20, 1_000);
    private static final int WARM_UP = 3;
    private static final int KIBIBYTES_A_MEBIBYTE = 1024;

    private final HttpClient client;
    private final int streams;
    private final PrintStream out;

    SlowStreams(HttpClient client, int streams, PrintStream out) {
        this.client = client;
        this.streams = streams;
        this.out = out;
    }

    /** Prints the resident memory of the product, before and with all of the streams open. */
    void run(List<Way> ways) throws InterruptedException, IOException {
        out.printf("%d streams, an event a second%n", streams);
        out.printf("%-11s %12s %12s %16s%n", "", "before, MiB", "open, MiB", "KiB per stream");
        for (Way way : ways) {
            if (way.name().equals("chatelaine")) {
                measure(way);
            }
        }
    }

    private void measure(Way way) throws InterruptedException, IOException {
        for (int i = 0; i < WARM_UP; i++) {
            open(way, new Pace(0, PACE.pieces(), 0)).awaitEnd();
        }
        long pid = Objects.requireNonNull(way.process()).pid();
        long before = residentKibibytes(pid);
        Open open = open(way, PACE);
        open.begun.await();
        long during = residentKibibytes(pid);
        open.awaitEnd();
        out.printf(
                Locale.ROOT,
                "%-11s %12.0f %12.0f %16.1f%n",
                way.name(),
                (double) before / KIBIBYTES_A_MEBIBYTE,
                (double) during / KIBIBYTES_A_MEBIBYTE,
                (double) (during - before) / streams);
    }

    private Open open(Way way, Pace pace) {
        Open open = new Open(streams);
        for (int i = 0; i < streams; i++) {
            way.request(client, pace, true).send(open.listener());
        }
        return open;
    }

    private static long residentKibibytes(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow();
    }

    /** The streams that are open. */
    private static final class Open {
        final CountDownLatch begun;
        private final CountDownLatch ended;
        private final AtomicInteger wrong = new AtomicInteger();

        Open(int streams) {
            this.begun = new CountDownLatch(streams);
            this.ended = new CountDownLatch(streams);
        }

        Response.Listener listener() {
            return new BufferingResponseListener() {
                @Override
                public void onHeaders(Response response) {
                    begun.countDown();
                    super.onHeaders(response);
                }

                @Override
                public void onComplete(Result result) {
                    if (result.isFailed() || !getContentAsString().strip().endsWith("data: [DONE]")) {
                        wrong.incrementAndGet();
                        begun.countDown();
                    }
                    ended.countDown();
                }
            };
        }

        void awaitEnd() throws InterruptedException {
            ended.await();
            if (wrong.get() > 0) {
                throw new IllegalStateException(wrong + " streams did not come to their end");
            }
        }
    }
}
