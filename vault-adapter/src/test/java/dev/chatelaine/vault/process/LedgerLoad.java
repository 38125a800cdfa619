package dev.chatelaine.vault.process;

import dev.chatelaine.vault.Vault;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.usage.Ledger;
import dev.chatelaine.vault.usage.Payer;
import dev.chatelaine.vault.usage.Requests;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;

/**
 * Requests of gateway keys, one after the other: says {@code reserved ID COST} and then, of most, {@code settled ID COST}
 * or {@code released ID} as the ledger has acknowledged them, or {@code failed CODE}.
 */
final class LedgerLoad {
    /** So short that other processes settle some that are under way. */
    private static final Duration LIFE = Duration.ofMillis(300);

    private final Ledger ledger;
    private final Actor actor;
    private final List<String> keys;
    private final PrintStream out;
    private final Random random = new Random();

    LedgerLoad(Vault vault, Actor actor, List<String> keys, PrintStream out) {
        this.ledger = vault.ledger();
        this.actor = actor;
        this.keys = keys;
        this.out = out;
    }

    void run(BooleanSupplier goesOn) {
        while (goesOn.getAsBoolean()) {
            try {
                request();
            } catch (VaultException e) {
                out.println("failed " + e.code().code());
            }
        }
        out.println("stopped");
    }

    private void request() {
        Payer payer = new Payer(actor, keys.get(random.nextInt(keys.size())));
        long worst = 1L + random.nextInt(1_000);
        String id = ledger.newRequestId();
        ledger.reserve(payer, id, Requests.quote(worst), LIFE);
        out.println("reserved " + id + " " + worst);
        switch (random.nextInt(8)) {
            case 0 -> ledger.sweepEverywhere();
            case 1 -> {
                ledger.release(actor.tenant(), id);
                out.println("released " + id);
            }
            default -> {
                long cost = random.nextInt((int) worst + 1);
                ledger.settle(actor.tenant(), id, Requests.cost(cost));
                out.println("settled " + id + " " + cost);
            }
        }
    }
}
