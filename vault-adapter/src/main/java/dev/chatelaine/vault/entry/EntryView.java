package dev.chatelaine.vault.entry;

import org.jspecify.annotations.Nullable;

/**
 * What a page shows before the person enters anything.
 *
 * @param ticket the ticket
 * @param present what the value is for, as it is now
 * @param changed whether somebody stored another value, or changed who it goes to, since the ticket was opened
 * @param description that a new secret gets; null where nobody said
 */
public record EntryView(
        EntryTicket ticket,
        Awaited present,
        boolean changed,
        @Nullable String description) {}
