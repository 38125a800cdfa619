package dev.chatelaine.gateway.upstream;

import java.time.Duration;
import java.util.function.LongSupplier;

/** A moment by which everything is over, on a clock that only runs forward. Immutable. */
public final class Deadline {
    private final LongSupplier nanos;
    private final long at;

    private Deadline(LongSupplier nanos, long at) {
        this.nanos = nanos;
        this.at = at;
    }

    /** The moment after this time. */
    public static Deadline after(Duration time) {
        return after(time, System::nanoTime);
    }

    /**
     * The moment after this time on a clock of its own.
     *
     * @param nanos as {@link System#nanoTime}
     */
    public static Deadline after(Duration time, LongSupplier nanos) {
        return new Deadline(nanos, nanos.getAsLong() + time.toNanos());
    }

    /** The time until then; zero when it has passed. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, at - nanos.getAsLong()));
    }

    public boolean hasPassed() {
        return remaining().isZero();
    }

    /** This time, or what is left until then where that is less. */
    Duration atMost(Duration time) {
        Duration left = remaining();
        return left.compareTo(time) < 0 ? left : time;
    }
}
