package dev.chatelaine.http.server;

import dev.chatelaine.http.problem.HttpProblem;
import dev.chatelaine.http.problem.Problem;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.NanoTime;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * The coming in of one body, as its bytes come: no thread waits for them. It ends once: with all bytes, with too many,
 * because they come too slowly, or because there is no room for them.
 */
final class BodyReading implements Runnable {
    private final Request request;
    private final int longest;
    private final LargeBodies.Room room;
    private final HttpLimits limits;
    private final AtomicReference<End> end;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final AtomicInteger received = new AtomicInteger();
    private final AtomicReference<Scheduler.Task> deadline = new AtomicReference<>();
    private final long began = NanoTime.now();

    /** What comes after. */
    interface End {
        void whole(byte[] body);

        void broken(Problem problem);
    }

    /** Reads up to as many bytes. */
    BodyReading(Request request, int longest, LargeBodies.Room room, HttpLimits limits, End end) {
        this.request = request;
        this.longest = longest;
        this.room = room;
        this.limits = limits;
        this.end = new AtomicReference<>(end);
    }

    void begin() {
        watch();
        run();
    }

    @Override
    public void run() {
        while (true) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(this);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                broken(Problem.of(
                        chunk.getFailure() instanceof TimeoutException
                                ? HttpProblem.REQUEST_TIMEOUT
                                : HttpProblem.MALFORMED_REQUEST));
                return;
            }
            if (takeIn(chunk)) {
                return;
            }
        }
    }

    /** Answers whether this was the end. */
    private boolean takeIn(Content.Chunk chunk) {
        ByteBuffer buffer = chunk.getByteBuffer();
        boolean last = chunk.isLast();
        if (received.addAndGet(buffer.remaining()) > longest) {
            chunk.release();
            broken(Problem.bodyTooLarge(longest));
            return true;
        }
        if (!room.hold(received.get())) {
            chunk.release();
            broken(Problem.of(HttpProblem.UNAVAILABLE));
            return true;
        }
        byte[] part = new byte[buffer.remaining()];
        buffer.get(part);
        chunk.release();
        bytes.writeBytes(part);
        if (last) {
            whole();
        }
        return last;
    }

    private void whole() {
        End next = end.getAndSet(null);
        if (next != null) {
            stopWatching();
            next.whole(bytes.toByteArray());
        }
    }

    private void broken(Problem problem) {
        End next = end.getAndSet(null);
        if (next != null) {
            stopWatching();
            next.broken(problem);
        }
    }

    private void watch() {
        long grace = limits.bodyGrace().toMillis();
        deadline.set(request.getComponents().getScheduler().schedule(this::checkSpeed, grace, TimeUnit.MILLISECONDS));
        if (end.get() == null) {
            stopWatching();
        }
    }

    private void checkSpeed() {
        if (end.get() == null) {
            return;
        }
        long seconds = NanoTime.secondsSince(began);
        if (received.get() < seconds * limits.bytesPerSecond()) {
            request.fail(new TimeoutException("slow body"));
        } else {
            watch();
        }
    }

    private void stopWatching() {
        Scheduler.Task task = deadline.get();
        if (task != null) {
            task.cancel();
        }
    }
}
