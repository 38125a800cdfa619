package dev.chatelaine.gateway.call;

import java.util.function.Supplier;

/**
 * Work whose every failure is told. Reactor lets memory that has run out, and classes that cannot be loaded, pass by
 * whoever waits, who then waits for ever, and others behind them.
 */
final class Contained {
    private Contained() {}

    /** What the work brings; where it fails so, an {@link IllegalStateException}. */
    static <T> T of(Supplier<T> work) {
        try {
            return work.get();
        } catch (VirtualMachineError | LinkageError e) {
            throw failure(e);
        }
    }

    /** The failure that is told instead of such an error. */
    static IllegalStateException failure(Error fatal) {
        return new IllegalStateException("The process has run out of memory or lacks a part of itself", fatal);
    }
}
