package dev.chatelaine.vault.entry;

import java.util.Locale;

/** Which page a value is entered on; a ticket is good on the one that it was opened for. */
public enum EntryPage {
    /** One that the process which opened the ticket serves on the person's own machine. */
    LOCAL,
    /** One of an instance that many people use, where the person has signed in. */
    CONSOLE;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static EntryPage of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
