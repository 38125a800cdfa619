package dev.chatelaine.vault.store;

import java.io.IOException;
import java.nio.channels.Channel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
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

    private final ReentrantLock threads = new ReentrantLock(true);
    private final Path lockFile;
    private FileChannel channel;
    private boolean closed;

    WriteQueue(Path lockFile) throws IOException {
        this.lockFile = lockFile;
        this.channel = opened(lockFile);
    }

    /** Waits for the turn; closing what is returned ends it. */
    Turn take() throws IOException {
        threads.lock();
        try {
            reopenIfInterrupted();
            try (FileLock head = PrivateFiles.lock(channel, HEAD)) {
                return new Turn(PrivateFiles.lock(channel, TURN), threads);
            }
        } catch (IOException | RuntimeException e) {
            threads.unlock();
            throw e;
        }
    }

    /** A thread that is interrupted while it waits for a file lock closes the channel for everybody. */
    private void reopenIfInterrupted() throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        if (!channel.isOpen()) {
            channel = opened(lockFile);
        }
    }

    private static FileChannel opened(Path lockFile) throws IOException {
        return PrivateFiles.open(lockFile, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE));
    }

    /** Waits until the turn under way in this process has ended; whoever asks for one afterwards is refused. */
    @Override
    public void close() throws IOException {
        threads.lock();
        try {
            closed = true;
            channel.close();
        } finally {
            threads.unlock();
        }
    }

    record Turn(FileLock lock, ReentrantLock threads) implements AutoCloseable {
        /** The work is committed by now: a lock that cannot be given back must not make it look failed. */
        @Override
        public void close() {
            try {
                lock.release();
            } catch (IOException e) {
                abandon(lock.acquiredBy());
            } finally {
                threads.unlock();
            }
        }

        private static void abandon(Channel channel) {
            try {
                channel.close();
            } catch (IOException e) {
                // The descriptor is gone all the same, and its locks with it; the next turn opens another.
            }
        }
    }
}
