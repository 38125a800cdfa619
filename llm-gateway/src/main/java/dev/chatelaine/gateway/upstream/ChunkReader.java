package dev.chatelaine.gateway.upstream;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/**
 * Takes the body of one answer piece by piece, each as much as has come when it is asked for: what nobody asks for stays in
 * the connection, whose sender has to wait. One question at a time; each is answered exactly once, on whichever thread.
 */
final class ChunkReader {
    /** In bytes. A provider sends each event by itself, and several may have come. */
    private static final int LONG_ENOUGH = 16 << 10;

    private final Request request;
    private final Content.Source source;
    private final Scheduler timer;
    private boolean ended;
    private @Nullable Throwable failure;

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
        while (true) {
            Throwable broken = failure;
            if (broken != null) {
                listener.failed(broken);
                return;
            }
            if (ended) {
                listener.end();
                return;
            }
            byte[] bytes = there();
            if (bytes.length > 0) {
                if (!listener.chunk(bytes)) {
                    return;
                }
            } else if (!ended && failure == null) {
                await(patience, listener);
                return;
            }
        }
    }

    /** All that has come by now, up to about a piece that is long enough. */
    private byte[] there() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (!ended && failure == null && bytes.size() < LONG_ENOUGH) {
            Content.Chunk chunk = source.read();
            if (chunk == null) {
                break;
            }
            if (Content.Chunk.isFailure(chunk)) {
                failure = chunk.getFailure();
            } else {
                take(chunk, bytes);
            }
        }
        return bytes.toByteArray();
    }

    private void take(Content.Chunk chunk, ByteArrayOutputStream bytes) {
        ByteBuffer buffer = chunk.getByteBuffer();
        byte[] piece = new byte[buffer.remaining()];
        buffer.get(piece);
        bytes.writeBytes(piece);
        ended = chunk.isLast();
        chunk.release();
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
        source.demand(Invocable.from(Invocable.InvocationType.NON_BLOCKING, () -> {
            alarm.dispose();
            if (settled.compareAndSet(false, true)) {
                read(patience, listener);
            }
        }));
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
