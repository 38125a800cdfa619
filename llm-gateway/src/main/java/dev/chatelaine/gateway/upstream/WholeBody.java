package dev.chatelaine.gateway.upstream;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** Collects a body up to a limit. */
final class WholeBody implements ChunkReader.Listener {
    private final ChunkReader reader;
    private final int limit;
    private final boolean cut;
    private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private WholeBody(ChunkReader reader, int limit, boolean cut) {
        this.reader = reader;
        this.limit = limit;
        this.cut = cut;
    }

    /**
     * The whole body. Cancelling gives it up.
     *
     * @param first how long to wait for the first piece
     * @param idle how long to wait for each other one
     * @param cut whether a longer body is cut, or fails with {@link BodyTooLong}
     */
    static Mono<byte[]> of(
            ChunkReader reader, Supplier<Duration> first, Supplier<Duration> idle, int limit, boolean cut) {
        return Mono.defer(() -> {
            WholeBody body = new WholeBody(reader, limit, cut);
            reader.read(() -> body.bytes.size() == 0 ? first.get() : idle.get(), body);
            return Pending.of(body.whole, reader::abort);
        });
    }

    @Override
    public boolean chunk(byte[] piece) {
        int room = limit - bytes.size();
        bytes.write(piece, 0, Math.min(room, piece.length));
        if (piece.length <= room) {
            return true;
        }
        reader.abort();
        if (cut) {
            end();
        } else {
            failed(new BodyTooLong());
        }
        return false;
    }

    @Override
    public void end() {
        whole.complete(bytes.toByteArray());
    }

    @Override
    public void failed(Throwable failure) {
        whole.completeExceptionally(failure);
    }

    /** A body is longer than an answer may be. */
    static final class BodyTooLong extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BodyTooLong() {
            super("The body is longer than the limit", null, false, false);
        }
    }
}
