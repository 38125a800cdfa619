package dev.chatelaine.vault.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The queue of writers, across threads and processes. SQLite's own lock is taken by whoever asks at the right moment,
 * so that a busy writer starves the others; here each waits for its turn.
 *
 * <p>Two bytes of a lock file make a turnstile: a writer takes the first (the place at the head of the queue), then
 * the second (the right to write), and gives the first free. One that has just written finds the next writer at the
 * head and must line up behind it. The operating system frees both when a process dies. The lock only orders: what
 * keeps the data right is SQLite's own.
 */
final class WriteQueue implements AutoCloseable {
    private static final long HEAD = 0;
    private static final long TURN = 1;
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final ReentrantLock threads = new ReentrantLock(true);
    private final Path lockFile;
    private volatile FileChannel channel;

    WriteQueue(Path lockFile) throws IOException {
        this.lockFile = lockFile;
        this.channel = opened(lockFile);
    }

    /** Waits for the turn; closing what is returned ends it. */
    Turn take() throws IOException {
        threads.lock();
        try {
            reopenIfInterrupted();
            try (FileLock head = lock(HEAD)) {
                return new Turn(lock(TURN), threads);
            }
        } catch (IOException | RuntimeException e) {
            threads.unlock();
            throw e;
        }
    }

    /** A thread that is interrupted while it waits for a file lock closes the channel for everybody. */
    private void reopenIfInterrupted() throws IOException {
        if (!channel.isOpen()) {
            channel = opened(lockFile);
        }
    }

    private static FileChannel opened(Path lockFile) throws IOException {
        return FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /** A second queue on the same file in this process is told so by an exception instead of waiting. */
    private FileLock lock(long position) throws IOException {
        while (true) {
            try {
                return channel.lock(position, 1, false);
            } catch (OverlappingFileLockException e) {
                LockSupport.parkNanos(RETRY_NANOS);
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    record Turn(FileLock lock, ReentrantLock threads) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            try {
                lock.release();
            } finally {
                threads.unlock();
            }
        }
    }
}
