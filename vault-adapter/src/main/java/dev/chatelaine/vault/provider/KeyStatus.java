package dev.chatelaine.vault.provider;

import java.util.Locale;

/** What is known of a provider key. */
public enum KeyStatus {
    UNVERIFIED,
    VALID,
    INVALID;

    /** The status's name: {@code unverified}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The status of that name. */
    public static KeyStatus of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
