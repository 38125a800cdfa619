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
    private boolean heldInTheEnd;

    /**
     * A reservation was made for this. Answers whether somebody sees to it: the request, where it goes on, or else its end,
     * where it held a reservation then, which this has taken the place of.
     */
    synchronized boolean reserved(Credential by) {
        credential = by;
        return !over || heldInTheEnd;
    }

    /** Ends the request. Answers whether that is for the first time. */
    synchronized boolean end() {
        boolean first = !over;
        if (first) {
            heldInTheEnd = credential != null;
        }
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
