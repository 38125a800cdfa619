package dev.chatelaine.vault.session;

import java.util.Locale;

/** Whether a session's runtime can be given its values. */
public enum SessionStatus {
    RUNNING,
    STOPPED;

    /** The status as it is written on the wire: {@code running}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static SessionStatus of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
