package dev.chatelaine.gateway.call;

import dev.chatelaine.gateway.resolution.Credential;
import org.jspecify.annotations.Nullable;

/**
 * What a request holds of the ledger. It is reserved any number of times and ends once, also where the caller goes away
 * while a reservation is being made. Safe for several threads.
 */
final class Held {
    private @Nullable Credential credential;
    private boolean over;

    /** A reservation was made for this. Answers whether the request goes on; where it is over, it ends it once more. */
    synchronized boolean reserved(Credential by) {
        credential = by;
        return !over;
    }

    /** Ends the request. Answers whether that is for the first time. */
    synchronized boolean end() {
        boolean first = !over;
        over = true;
        return first;
    }

    synchronized boolean isOver() {
        return over;
    }

    /** What was reserved last; null where nothing is held. */
    synchronized @Nullable Credential credential() {
        return credential;
    }
}
