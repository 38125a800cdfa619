package dev.chatelaine.gateway.call;

import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What was tried at a time and is told at another: what came of it, or its failure. */
final class Tried<T> {
    private final @Nullable T result;
    private final @Nullable RuntimeException failure;

    private Tried(@Nullable T result, @Nullable RuntimeException failure) {
        this.result = result;
        this.failure = failure;
    }

    /** Tries it now. */
    static <T> Tried<T> of(Supplier<T> work) {
        try {
            return new Tried<>(work.get(), null);
        } catch (RuntimeException e) {
            return new Tried<>(null, e);
        }
    }

    /** Whether it failed so. */
    boolean failedWith(Predicate<RuntimeException> kind) {
        return failure != null && kind.test(failure);
    }

    /** Its failure alone, as that of something else; null where it did not fail. */
    <S> @Nullable Tried<S> failed() {
        return failure == null ? null : new Tried<>(null, failure);
    }

    /** What came of it; throws what it threw. */
    T get() {
        if (failure != null) {
            throw failure;
        }
        return Objects.requireNonNull(result, "what did not fail has a result");
    }

    /** What came of it, if anything. */
    Stream<T> stream() {
        return failure == null ? Stream.of(get()) : Stream.empty();
    }

    /** Tells what came of it, or its failure. */
    void tell(Consumer<T> resulted, Consumer<RuntimeException> failed) {
        if (failure == null) {
            resulted.accept(get());
        } else {
            failed.accept(failure);
        }
    }
}
