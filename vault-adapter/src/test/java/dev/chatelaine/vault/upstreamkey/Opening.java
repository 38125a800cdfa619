package dev.chatelaine.vault.upstreamkey;

import dev.chatelaine.vault.TestVault;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.usage.Ledger;
import dev.chatelaine.vault.usage.Payer;
import dev.chatelaine.vault.usage.Requests;
import java.util.Optional;

/** Keys opened as the gateway does it: with a reservation. */
final class Opening {
    private final TestVault test;

    Opening(TestVault test) {
        this.test = test;
    }

    Optional<OpenedKey> of(Actor actor, KeyChoice choice) {
        Ledger ledger = test.vault().ledger();
        return ledger.reserve(
                        new Payer(actor, null),
                        ledger.newRequestId(),
                        Requests.quote(1L),
                        Requests.LIFE,
                        tx -> test.vault().upstreamKeys().open(tx, actor, choice))
                .opened();
    }
}
