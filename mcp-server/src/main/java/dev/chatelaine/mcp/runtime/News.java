package dev.chatelaine.mcp.runtime;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What has happened around a child since it was last looked after. Of values only the newest are kept, so that updates
 * in quick succession are one. Safe for several threads.
 */
final class News implements SessionFeed.Listener {
    private @Nullable SessionValues values;
    private @Nullable String over;
    private boolean told;

    /** What to see to, the most pressing of what there is. */
    enum Matter {
        /** The child has ended by itself. */
        ENDED,
        /** This process was told to end. */
        TOLD,
        /** The session is over. */
        OVER,
        /** There are new values. */
        VALUES
    }

    @Override
    public synchronized void values(SessionValues newest) {
        values = newest;
        notifyAll();
    }

    @Override
    public synchronized void over(String why) {
        over = why;
        notifyAll();
    }

    /** This process was told to end. */
    synchronized void tell() {
        told = true;
        notifyAll();
    }

    /** Something changed that is seen elsewhere. */
    synchronized void wake() {
        notifyAll();
    }

    synchronized boolean isTold() {
        return told;
    }

    /** Why the session is over; null while it is not. */
    synchronized @Nullable String over() {
        return over;
    }

    /** The newest values that nobody has taken yet, or null. */
    synchronized @Nullable SessionValues take() {
        SessionValues newest = values;
        values = null;
        return newest;
    }

    /** Waits until there is something to see to. */
    synchronized Matter await(BooleanSupplier running) throws InterruptedException {
        while (true) {
            if (!running.getAsBoolean()) {
                return Matter.ENDED;
            }
            if (told) {
                return Matter.TOLD;
            }
            if (over != null) {
                return Matter.OVER;
            }
            if (values != null) {
                return Matter.VALUES;
            }
            wait();
        }
    }
}
