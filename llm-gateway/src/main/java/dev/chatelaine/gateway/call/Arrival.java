package dev.chatelaine.gateway.call;

import dev.chatelaine.gateway.upstream.Deadline;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A request's arrival, from which its time runs.
 *
 * @param id the request's
 * @param nanos when, as {@link System#nanoTime} has it
 * @param deadline by when it is answered
 */
record Arrival(String id, long nanos, Deadline deadline) {
    /** A request that is there now and is to be answered within this time. */
    static Arrival now(String id, Duration within) {
        return new Arrival(id, System.nanoTime(), Deadline.after(within));
    }

    /** How many milliseconds ago it came. */
    long elapsed() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
    }
}
