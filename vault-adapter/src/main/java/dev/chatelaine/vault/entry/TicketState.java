package dev.chatelaine.vault.entry;

import java.util.Locale;

/** How far a ticket has come; only an open one leads anywhere else. */
public enum TicketState {
    /** The person has not entered the value yet. */
    OPEN,
    /** The value is stored. */
    USED,
    /** The person, or the program that asked, does not want it any more. */
    DECLINED,
    /** Nobody entered a value in time. */
    EXPIRED;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static TicketState of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
