package dev.chatelaine.gateway.call;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/** A timer whose time passes when a test says so, on the test's thread. */
final class HandTurnedScheduler implements Scheduler {
    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::number));
    private long now;
    private long numbers;

    private record Task(long at, long number, Runnable work, Disposable given) {}

    void advance(Duration time) {
        long until = now + time.toNanos();
        for (Task next = tasks.peek(); next != null && next.at <= until; next = tasks.peek()) {
            tasks.remove();
            now = next.at;
            if (!next.given.isDisposed()) {
                next.work.run();
            }
        }
        now = until;
    }

    @Override
    public Disposable schedule(Runnable task) {
        return schedule(task, 0, TimeUnit.NANOSECONDS);
    }

    @Override
    public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
        Disposable given = Disposables.single();
        tasks.add(new Task(now + unit.toNanos(delay), numbers++, task, given));
        return given;
    }

    @Override
    public Worker createWorker() {
        throw new UnsupportedOperationException("nothing here needs one");
    }
}
