package dev.chatelaine.mcp.entry;

import dev.chatelaine.vault.entry.EntryTicket;
import java.net.URI;

/**
 * A page that waits for a person.
 *
 * @param ticket what it is for
 * @param url its address, which whoever has it can open until the ticket ends
 */
public record Offer(EntryTicket ticket, URI url) {
    /** The page without its address. */
    @Override
    public String toString() {
        return "Offer[" + ticket.id() + "]";
    }
}
