package dev.chatelaine.mcp.gateway;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what is sure to happen. */
final class Await {
    private static final long PATIENCE = Duration.ofSeconds(60).toNanos();
    private static final long LOOK_EVERY = Duration.ofMillis(20).toNanos();

    private Await() {}

    static void that(BooleanSupplier condition) {
        long giveUp = System.nanoTime() + PATIENCE;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > giveUp) {
                throw new AssertionError("it did not happen");
            }
            LockSupport.parkNanos(LOOK_EVERY);
        }
    }
}
