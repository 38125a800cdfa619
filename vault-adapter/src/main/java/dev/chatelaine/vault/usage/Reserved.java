package dev.chatelaine.vault.usage;

/**
 * A reservation, and what was opened in its transaction.
 *
 * @param reservation what the request holds
 * @param opened what was opened along with it; not shown
 */
public record Reserved<T>(Reservation reservation, T opened) {
    @Override
    public String toString() {
        return "Reserved[" + reservation + "]";
    }
}
