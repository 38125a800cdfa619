package dev.chatelaine.gateway.call;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Things of a kind that are done together, a batch at a time: what comes while one of its kind is under way waits for the
 * next. Nobody's thread waits for it. Safe for several threads.
 *
 * @param <K> the kinds, which have nothing to do with each other
 */
final class Batches<K, T> {
    private final int most;
    private final Duration linger;
    private final Scheduler timer;
    private final BiFunction<K, List<T>, Mono<Runnable>> work;
    /** What waits, of each kind of which something is under way or about to be. */
    private final Map<K, Waiting<T>> kinds = new HashMap<>();

    /**
     * Batches of at most so many, begun as soon as there is anything.
     *
     * @param work does a batch, and deals with its failure: whatever becomes of it, the next one follows. What it brings
     *     is run beside that
     */
    Batches(int most, BiFunction<K, List<T>, Mono<Runnable>> work) {
        this(most, Duration.ZERO, Schedulers.immediate(), work);
    }

    /**
     * Batches of at most so many, each begun when it is full or somewhat later.
     *
     * @param linger how long one that is not full waits for more
     */
    Batches(int most, Duration linger, Scheduler timer, BiFunction<K, List<T>, Mono<Runnable>> work) {
        this.most = most;
        this.linger = linger;
        this.timer = timer;
        this.work = work;
    }

    private static final class Waiting<T> {
        private final Deque<T> items = new ArrayDeque<>();
        private boolean lingers;
    }

    /** What is to be done about a kind. */
    private enum Next {
        NOTHING,
        LINGER,
        BEGIN
    }

    /** Has a thing done, after all of its kind that came before it. */
    void add(K kind, T item) {
        goOn(kind, added(kind, item));
    }

    private synchronized Next added(K kind, T item) {
        Waiting<T> known = kinds.get(kind);
        Waiting<T> waiting = known == null ? new Waiting<>() : known;
        waiting.items.add(item);
        if (known == null) {
            kinds.put(kind, waiting);
            return next(waiting);
        }
        return waiting.lingers && waiting.items.size() >= most ? next(waiting) : Next.NOTHING;
    }

    private synchronized Next done(K kind) {
        Waiting<T> waiting = kinds.get(kind);
        if (waiting == null || waiting.items.isEmpty()) {
            kinds.remove(kind);
            return Next.NOTHING;
        }
        return next(waiting);
    }

    private Next next(Waiting<T> waiting) {
        waiting.lingers = !linger.isZero() && waiting.items.size() < most;
        return waiting.lingers ? Next.LINGER : Next.BEGIN;
    }

    private synchronized Next lingered(K kind) {
        Waiting<T> waiting = kinds.get(kind);
        if (waiting == null || !waiting.lingers) {
            return Next.NOTHING;
        }
        waiting.lingers = false;
        return Next.BEGIN;
    }

    private void goOn(K kind, Next next) {
        switch (next) {
            case BEGIN -> begin(kind);
            case LINGER -> timer.schedule(() -> goOn(kind, lingered(kind)), linger.toNanos(), TimeUnit.NANOSECONDS);
            case NOTHING -> {
                // It is under way already, or there is nothing.
            }
        }
    }

    private void begin(K kind) {
        work.apply(kind, batch(kind)).onErrorComplete().defaultIfEmpty(() -> {}).subscribe(after -> {
            goOn(kind, done(kind));
            after.run();
        });
    }

    private synchronized List<T> batch(K kind) {
        Deque<T> items = Objects.requireNonNull(kinds.get(kind), "a kind is there while it is under way").items;
        List<T> batch = new ArrayList<>();
        while (batch.size() < most && !items.isEmpty()) {
            batch.add(items.remove());
        }
        return batch;
    }
}
