package dev.chatelaine.http.server;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Bounds what bodies that are longer than usual take of the memory together. What counts is what has come: a length that
 * is announced takes nothing. Safe for several threads.
 */
final class LargeBodies {
    private final AtomicLong left;

    /** Room for so many bytes beyond the usual ones. */
    LargeBodies(long bytes) {
        this.left = new AtomicLong(bytes);
    }

    /**
     * Room for one body; null where it is longer than there is room for now.
     *
     * @param length what it says that it has, in bytes; less than 0 where it does not say
     */
    @Nullable
    Room admit(long length) {
        return length - HttpLimits.LONGEST_BODY > left.get() ? null : new Room();
    }

    /** The room that one body has. */
    final class Room {
        private long taken;
        private boolean over;

        /** Makes room for as many bytes of the body as have come. Answers whether there is. */
        synchronized boolean hold(long bytes) {
            long more = bytes - HttpLimits.LONGEST_BODY - taken;
            if (over || more <= 0) {
                return true;
            }
            if (left.addAndGet(-more) < 0) {
                left.addAndGet(more);
                return false;
            }
            taken += more;
            return true;
        }

        /** The body is not needed any more. */
        synchronized void leave() {
            over = true;
            left.addAndGet(taken);
            taken = 0;
        }
    }
}
