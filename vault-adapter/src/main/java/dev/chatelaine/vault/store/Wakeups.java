package dev.chatelaine.vault.store;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Hears that something was announced (see {@link Transaction#announce}). What is announced between two waits ends the
 * second at once; several announcements may end one wait together. It is a hint and no promise: an announcement can be
 * lost with a connection, and one of another process may not be heard at all, so whoever waits looks from time to time
 * anyhow. For one thread at a time; announcements come from any.
 */
public final class Wakeups implements AutoCloseable {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition announced = lock.newCondition();
    private final Signals from;
    private boolean pending;

    Wakeups(Signals from) {
        this.from = from;
    }

    /**
     * Waits until something is announced, or has been since the last wait.
     *
     * @return whether something was; false when the time was over
     * @throws InterruptedException when the thread is interrupted
     */
    public boolean await(Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (!pending && left > 0) {
                left = announced.awaitNanos(left);
            }
            boolean heard = pending;
            pending = false;
            return heard;
        } finally {
            lock.unlock();
        }
    }

    void signal() {
        lock.lock();
        try {
            pending = true;
            announced.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        from.forget(this);
    }
}
