package dev.chatelaine.gateway.call;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Things that are done together, a batch at a time: what comes while one is under way waits for the next. Nobody's thread
 * waits for it. Safe for several threads.
 */
final class Batches<T> {
    private final int most;
    private final Function<List<T>, Mono<Void>> work;
    private final Deque<T> waiting = new ArrayDeque<>();
    private boolean underWay;

    /**
     * Batches of at most so many.
     *
     * @param work does a batch, and deals with its failure: whatever becomes of it, the next one follows
     */
    Batches(int most, Function<List<T>, Mono<Void>> work) {
        this.most = most;
        this.work = work;
    }

    /** Has a thing done, after all that came before it. */
    void add(T item) {
        List<T> batch = entered(item);
        if (batch != null) {
            begin(batch);
        }
    }

    private synchronized @Nullable List<T> entered(T item) {
        waiting.add(item);
        return underWay ? null : next();
    }

    private synchronized @Nullable List<T> next() {
        underWay = !waiting.isEmpty();
        if (!underWay) {
            return null;
        }
        List<T> batch = new ArrayList<>();
        while (batch.size() < most && !waiting.isEmpty()) {
            batch.add(waiting.remove());
        }
        return batch;
    }

    private void begin(List<T> batch) {
        work.apply(batch).onErrorComplete().doFinally(signal -> goOn()).subscribe();
    }

    private void goOn() {
        List<T> batch = next();
        if (batch != null) {
            begin(batch);
        }
    }
}
