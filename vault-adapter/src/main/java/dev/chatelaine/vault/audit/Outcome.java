package dev.chatelaine.vault.audit;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How what an event tells of ended. */
public enum Outcome {
    DONE,
    DENIED;

    /** The outcome's name on disk: {@code done}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The outcome of that name, or null. */
    static @Nullable Outcome labelled(String label) {
        return Arrays.stream(values())
                .filter(outcome -> outcome.label().equals(label))
                .findFirst()
                .orElse(null);
    }
}
