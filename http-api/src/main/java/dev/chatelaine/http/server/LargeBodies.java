package dev.chatelaine.http.server;

import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.server.Request;

/** Bounds what bodies that are longer than usual take of the memory together. */
final class LargeBodies {
    private static final long BYTES = 64L << 20;

    private final AtomicLong left = new AtomicLong(BYTES);

    /**
     * Makes room for a body until it is not needed any more; a body that does not say how long it is counts as the longest.
     * Answers whether there is room.
     */
    boolean admit(Request request, int longest) {
        long bytes = request.getLength() < 0 ? longest : request.getLength();
        if (bytes <= HttpLimits.LONGEST_BODY) {
            return true;
        }
        if (left.addAndGet(-bytes) < 0) {
            left.addAndGet(bytes);
            return false;
        }
        Exchange.of(request).takesRoom(() -> left.addAndGet(bytes));
        return true;
    }
}
