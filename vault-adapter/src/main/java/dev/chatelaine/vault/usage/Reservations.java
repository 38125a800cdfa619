package dev.chatelaine.vault.usage;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What became of several reservations that were asked for together. Immutable. */
public final class Reservations<T> {
    private final Map<String, Made<T>> made;

    Reservations(Map<String, Made<T>> made) {
        this.made = Map.copyOf(made);
    }

    /** What became of one of them: one of the two. */
    record Made<T>(@Nullable Reserved<T> reserved, @Nullable RuntimeException refusal) {}

    /**
     * What is reserved for a request, and was opened along with it.
     *
     * @param id of one for which something was asked
     * @throws dev.chatelaine.vault.VaultException what it was refused with, and anything else that its opening threw
     */
    public Reserved<T> of(String id) {
        Made<T> one = Objects.requireNonNull(made.get(id), "something was asked for this request");
        if (one.refusal() != null) {
            throw one.refusal();
        }
        return Objects.requireNonNull(one.reserved(), "what is not refused is reserved");
    }
}
