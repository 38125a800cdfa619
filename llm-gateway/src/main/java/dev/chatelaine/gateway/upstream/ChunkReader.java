package dev.chatelaine.gateway.upstream;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.io.Content;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/**
 * Takes the body of one answer piece by piece, each when it is asked for: what nobody asks for stays in the connection,
 * whose sender has to wait. One question at a time; each is answered exactly once, on whichever thread.
 */
final class ChunkReader {
    private final Request request;
    private final Content.Source source;
    private final Scheduler timer;
    private boolean ended;

    ChunkReader(Request request, Content.Source source, Scheduler timer) {
        this.request = request;
        this.source = source;
        this.timer = timer;
    }

    /** What becomes of a question for the next piece. */
    interface Listener {
        /** A piece, never empty. Answers whether the next is asked for at once. */
        boolean chunk(byte[] bytes);

        /** There are no more. */
        void end();

        /** The body broke, or nothing came in time ({@link TimeoutException}). */
        void failed(Throwable failure);
    }

    /**
     * Asks for the next piece.
     *
     * @param patience how long to wait for it; asked for each piece
     */
    void read(Supplier<Duration> patience, Listener listener) {
        while (!ended) {
            Content.Chunk chunk = source.read();
            if (chunk == null) {
                await(patience, listener);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                ended = true;
                listener.failed(chunk.getFailure());
                return;
            }
            byte[] bytes = bytes(chunk);
            if (bytes.length > 0 && !listener.chunk(bytes)) {
                return;
            }
        }
        listener.end();
    }

    private byte[] bytes(Content.Chunk chunk) {
        ByteBuffer buffer = chunk.getByteBuffer();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        ended = chunk.isLast();
        chunk.release();
        return bytes;
    }

    private void await(Supplier<Duration> patience, Listener listener) {
        AtomicBoolean settled = new AtomicBoolean();
        Disposable alarm = timer.schedule(
                () -> {
                    if (settled.compareAndSet(false, true)) {
                        abort();
                        listener.failed(new TimeoutException());
                    }
                },
                patience.get().toNanos(),
                TimeUnit.NANOSECONDS);
        source.demand(() -> {
            alarm.dispose();
            if (settled.compareAndSet(false, true)) {
                read(patience, listener);
            }
        });
    }

    /** Gives the rest up and the connection with it. Harmless when all has been read. */
    void abort() {
        var unused = request.abort(new Abandoned());
    }

    /** Ends an exchange that nobody waits for. Nobody sees it. */
    static final class Abandoned extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Abandoned() {
            super("Nobody waits for this answer", null, false, false);
        }
    }
}
