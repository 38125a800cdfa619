package dev.chatelaine.vault.provider;

import java.util.Locale;

/** How costly a model is; a plan says which of these the pool serves. */
public enum Tier {
    ECONOMICAL,
    PREMIUM,
    FLAGSHIP;

    /** The tier as it is written in the catalogue: {@code economical}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
