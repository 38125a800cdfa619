package dev.chatelaine.gateway.call;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Things of a kind that are done together, a batch at a time: what comes while one of its kind is under way waits for the
 * next. Nobody's thread waits for it. Safe for several threads.
 *
 * @param <K> the kinds, which have nothing to do with each other
 */
final class Batches<K, T> {
    private final int most;
    private final BiFunction<K, List<T>, Mono<Runnable>> work;
    /** What waits, of each kind of which something is under way. */
    private final Map<K, Deque<T>> waiting = new HashMap<>();

    /**
     * Batches of at most so many.
     *
     * @param work does a batch, and deals with its failure: whatever becomes of it, the next one follows. What it brings
     *     is run beside that
     */
    Batches(int most, BiFunction<K, List<T>, Mono<Runnable>> work) {
        this.most = most;
        this.work = work;
    }

    /** Has a thing done, after all of its kind that came before it. */
    void add(K kind, T item) {
        if (first(kind, item)) {
            begin(kind, List.of(item));
        }
    }

    private synchronized boolean first(K kind, T item) {
        Deque<T> others = waiting.putIfAbsent(kind, new ArrayDeque<>());
        if (others != null) {
            others.add(item);
        }
        return others == null;
    }

    private synchronized @Nullable List<T> next(K kind) {
        Deque<T> others = waiting.getOrDefault(kind, new ArrayDeque<>());
        if (others.isEmpty()) {
            waiting.remove(kind);
            return null;
        }
        List<T> batch = new ArrayList<>();
        while (batch.size() < most && !others.isEmpty()) {
            batch.add(others.remove());
        }
        return batch;
    }

    private void begin(K kind, List<T> batch) {
        work.apply(kind, batch).onErrorComplete().defaultIfEmpty(() -> {}).subscribe(after -> {
            goOn(kind);
            after.run();
        });
    }

    private void goOn(K kind) {
        List<T> batch = next(kind);
        if (batch != null) {
            begin(kind, batch);
        }
    }
}
