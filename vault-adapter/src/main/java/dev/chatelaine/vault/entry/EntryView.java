package dev.chatelaine.vault.entry;

/**
 * What a page shows before the person enters anything.
 *
 * @param ticket the ticket
 * @param present what the value is for, as it is now
 * @param changed whether somebody stored another value, or changed who it goes to, since the ticket was opened
 */
public record EntryView(EntryTicket ticket, Awaited present, boolean changed) {}
