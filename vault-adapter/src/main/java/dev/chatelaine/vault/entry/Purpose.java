package dev.chatelaine.vault.entry;

import java.util.Locale;

/** What is done with an entered value. */
public enum Purpose {
    /** It becomes a new secret. */
    CREATE_SECRET,
    /** It becomes a secret's next version. */
    UPDATE_SECRET,
    /** It becomes the key of an LLM configuration. */
    SET_KEY;

    /** The purpose as it is written down: {@code create_secret}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Purpose of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
