package dev.chatelaine.mcp.gateway;

import dev.chatelaine.mcp.gateway.Application.Answered;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Applications that ask one after the other, each until its node is gone or nobody wants more. */
final class Traffic implements AutoCloseable {
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final List<Answered> answers = new CopyOnWriteArrayList<>();
    private final AtomicInteger cutOff = new AtomicInteger();
    private volatile boolean over;

    /** One more that asks this over and over. */
    void add(Supplier<Answered> asking) {
        Thread thread = new Thread(() -> ask(asking), "application");
        threads.add(thread);
        thread.start();
    }

    private void ask(Supplier<Answered> asking) {
        try {
            while (!over) {
                answers.add(asking.get());
            }
        } catch (UncheckedIOException e) {
            cutOff.incrementAndGet();
        }
    }

    /** What was answered in whole so far. */
    List<Answered> answers() {
        return answers;
    }

    /** How many were told nothing, or half of it. */
    int cutOff() {
        return cutOff.get();
    }

    /** Waits for what is under way. */
    @Override
    public void close() throws InterruptedException {
        over = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
