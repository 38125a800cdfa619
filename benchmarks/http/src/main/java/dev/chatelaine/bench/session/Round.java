package dev.chatelaine.bench.session;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** One replacement, and when each session had its frame and its value. Safe for several threads. */
final class Round {
    private static final long LONGEST_NANOS = 120_000_000_000L;

    private final boolean fetches;
    private final String value;
    private final long[] framed;
    private final long[] fetched;
    private final AtomicInteger frames = new AtomicInteger();
    private final AtomicInteger values = new AtomicInteger();
    private final CompletableFuture<Void> allFrames = new CompletableFuture<>();
    private final CompletableFuture<Void> allValues = new CompletableFuture<>();

    Round(int sessions, boolean fetches) {
        this(sessions, fetches, "");
    }

    /** A round in which every session shall get this value. */
    Round(int sessions, boolean fetches, String value) {
        this.fetches = fetches;
        this.value = value;
        this.framed = new long[sessions];
        this.fetched = new long[sessions];
    }

    boolean fetches() {
        return fetches;
    }

    void frame(long nanos) {
        int number = frames.getAndIncrement();
        if (number >= framed.length) {
            fail(new IllegalStateException("more frames than sessions: one was told twice"));
            return;
        }
        framed[number] = nanos;
        if (number == framed.length - 1) {
            allFrames.complete(null);
        }
    }

    /** A value that is another than the newest was served too late. */
    void value(long nanos, String served) {
        if (!served.equals(value)) {
            fail(new IllegalStateException("an old value was served after the replacement had been announced"));
            return;
        }
        int number = values.getAndIncrement();
        fetched[number] = nanos;
        if (number == fetched.length - 1) {
            allValues.complete(null);
        }
    }

    void fail(Throwable why) {
        allFrames.completeExceptionally(why);
        allValues.completeExceptionally(why);
    }

    CompletableFuture<Void> frames() {
        return allFrames;
    }

    CompletableFuture<Void> values() {
        return allValues;
    }

    /** From the answer; a frame that came before it took no time. */
    void addFrames(Histogram to, long answered) {
        add(to, framed, answered);
    }

    void addValues(Histogram to, long asked) {
        add(to, fetched, asked);
    }

    static Histogram histogram() {
        return new ConcurrentHistogram(LONGEST_NANOS, 3);
    }

    private static void add(Histogram to, long[] times, long since) {
        for (long time : times) {
            to.recordValue(Math.min(LONGEST_NANOS, Math.max(0, time - since)));
        }
    }
}
