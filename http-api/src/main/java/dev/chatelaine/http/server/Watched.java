package dev.chatelaine.http.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;

/**
 * One caller who is watched. What is read from the connection meanwhile is the beginning of a request that came too
 * early, and is lost: the connection must end after the answer, and the client then asks again (RFC 9112, section 9.3.2).
 */
final class Watched {
    /** How much is read at once. */
    static final int BYTES = 4096;

    private static final int READS = 16;

    /** What comes makes a connection look busy, which a client that does not read its answer must not make use of. */
    private static final int EARLY_LOOKS = 8;

    private final EndPoint connection;
    private final Runnable gone;
    private final Consumer<Watched> over;
    private int early;
    private volatile boolean stopped;

    Watched(EndPoint connection, Runnable gone, Consumer<Watched> over) {
        this.connection = connection;
        this.gone = gone;
        this.over = over;
    }

    /** Looks whether the caller hung up. Answers so once. */
    synchronized boolean isGone(ByteBuffer sight) {
        if (stopped || early >= EARLY_LOOKS) {
            return false;
        }
        boolean hungUp;
        try {
            int seen = drain(sight);
            early += seen > 0 ? 1 : 0;
            hungUp = seen < 0;
        } catch (IOException | RuntimeException e) {
            hungUp = true;
        }
        if (hungUp) {
            stopped = true;
        }
        return hungUp;
    }

    /** Reads away what is there. Answers how much, or -1 at the end. */
    private int drain(ByteBuffer sight) throws IOException {
        int all = 0;
        for (int reads = 0; reads < READS; reads++) {
            BufferUtil.clear(sight);
            int read = connection.fill(sight);
            if (read < 0) {
                return -1;
            }
            if (read == 0) {
                break;
            }
            all += read;
        }
        return all;
    }

    void gone() {
        over.accept(this);
        gone.run();
    }

    /** Ends the watch of a connection that is about to be closed; does not wait for a look that is under way. */
    void quit() {
        stopped = true;
        over.accept(this);
    }

    /**
     * Ends the watch of a connection that goes on: when this returns, nobody looks any more.
     *
     * @return whether a request came too early
     */
    synchronized boolean stop() {
        quit();
        return early > 0;
    }

    /** Closes the connection, after {@link #stop}; what has come early is read, lest the answer be lost with it. */
    void hangUp() {
        try {
            int unused = drain(BufferUtil.allocate(BYTES));
        } catch (IOException | RuntimeException e) {
            // The other side was faster.
        } finally {
            connection.close();
        }
    }
}
