package dev.chatelaine.vault.usage;

import java.util.Locale;

/** Whose provider key a request went out with. */
public enum CredentialSource {
    /** The tenant's own. */
    BYOK,
    /** The platform's. */
    POOL,
    /** None: the request never went out. */
    NONE;

    /** The name in records and headers: {@code byok}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static CredentialSource of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
