package dev.chatelaine.vault.entry;

/**
 * A ticket that has just been opened, with the text that is its link's last part and is never told again.
 *
 * @param ticket what it is
 * @param secret the text: 43 characters of base64url, 256 random bits
 */
public record OpenedTicket(EntryTicket ticket, String secret) {
    /** The ticket without its text. */
    @Override
    public String toString() {
        return "OpenedTicket[" + ticket.id() + ", redacted]";
    }
}
