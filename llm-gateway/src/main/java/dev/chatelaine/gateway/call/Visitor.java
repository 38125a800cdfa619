package dev.chatelaine.gateway.call;

import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Whoever comes with a request, of whom it may have to be found out yet who it is. For those of equal credentials who come
 * together that is found out once, after the last of them has come.
 *
 * @param credentials what they show, or who they are; compared alone
 * @param identity finds out who it is, on any thread, and may block; fails where it is nobody who may call
 * @param admission told who it is, and may refuse this one request; on any thread
 */
public record Visitor(Object credentials, Supplier<Caller> identity, Consumer<Caller> admission) {
    /** Somebody who is known. */
    public static Visitor of(Caller caller) {
        return new Visitor(caller, () -> caller, any -> {});
    }

    /** Nothing of what they show. */
    @Override
    public String toString() {
        return "Visitor";
    }
}
