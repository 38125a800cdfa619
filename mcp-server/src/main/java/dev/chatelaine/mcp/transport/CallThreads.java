package dev.chatelaine.mcp.transport;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Where tool calls run, so that the reading thread is free for pings and answers meanwhile. The first call starts the
 * first thread. Of more calls than can wait, the caller waits: a host that sends faster is slowed down, not refused.
 */
final class CallThreads implements Executor {
    private static final int WAITING = 256;

    private final ThreadPoolExecutor threads;

    /** So many threads; the rest waits. */
    CallThreads(int atOnce) {
        this.threads = new ThreadPoolExecutor(
                atOnce,
                atOnce,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING),
                CallThreads::thread,
                CallThreads::waitForRoom);
    }

    @Override
    public void execute(Runnable call) {
        threads.execute(call);
    }

    /** Takes no more calls, and waits for those there are; false when they took longer. */
    boolean finish(Duration patience) {
        threads.shutdown();
        try {
            return threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "tool-call");
        thread.setDaemon(true);
        return thread;
    }

    private static void waitForRoom(Runnable call, ThreadPoolExecutor threads) {
        if (threads.isShutdown()) {
            throw new RejectedExecutionException("no more calls are taken");
        }
        try {
            threads.getQueue().put(call);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RejectedExecutionException("interrupted", e);
        }
    }
}
