package dev.chatelaine.gateway.call;

import dev.chatelaine.gateway.upstream.Retries;
import dev.chatelaine.vault.upstreamkey.UpstreamKeys;
import dev.chatelaine.vault.usage.Ledger;
import java.time.Clock;
import java.time.Duration;
import reactor.core.scheduler.Scheduler;

/**
 * What all requests share.
 *
 * @param ledger where they reserve and settle
 * @param keys where their keys are opened
 * @param retries how they go out
 * @param settlements how they end
 * @param blocking the threads on which the vault is asked
 * @param deadline how long a request may take, from its beginning to the end of its answer
 * @param clock what answers are dated by
 */
record CallParts(
        Ledger ledger,
        UpstreamKeys keys,
        Retries retries,
        Settlements settlements,
        Scheduler blocking,
        Duration deadline,
        Clock clock) {
    /** How long a reservation outlives the deadline, so that a settlement comes before the ledger's own. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    /** How long a reservation holds. */
    Duration life() {
        return deadline.plus(MARGIN);
    }
}
