package dev.chatelaine.vault.audit;

import java.util.Locale;

/** How what an event tells of ended. */
public enum Outcome {
    DONE,
    DENIED;

    /** The outcome's name on disk: {@code done}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
