package dev.chatelaine.vault.usage;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.provider.Plan;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Changes of a book's meters that are made together or, when one of them is refused, not at all. */
final class Draft {
    private final MeterBook book;
    private final Map<String, Meter> changed = new LinkedHashMap<>();

    Draft(MeterBook book) {
        this.book = book;
    }

    /** Gives back what a reservation holds. */
    void release(ReservationRow row) {
        if (row.keyId() != null) {
            intact(row.keyId()).ifPresent(meter -> put(meter.release(row.money())));
        }
        if (row.poolMeter() != null) {
            intact(row.poolMeter()).ifPresent(meter -> put(meter.release(row.tokens())));
        }
    }

    /** Holds again what was settled as it had been held. */
    void unsettle(ReservationRow row) {
        if (row.keyId() != null) {
            intact(row.keyId()).ifPresent(meter -> put(meter.unsettle(row.money())));
        }
        if (row.poolMeter() != null) {
            intact(row.poolMeter()).ifPresent(meter -> put(meter.unsettle(row.tokens())));
        }
    }

    /** Uses what a reservation holds, and answers how much of the money the key's cap had no room for. */
    long settle(ReservationRow row, long microUsd, long tokens) {
        if (row.poolMeter() != null) {
            intact(row.poolMeter()).ifPresent(meter -> put(meter.settle(row.tokens(), tokens)));
        }
        if (row.keyId() == null) {
            return 0;
        }
        Optional<Meter> before = intact(row.keyId());
        Optional<Meter> after = before.map(meter -> meter.settle(row.money(), microUsd));
        after.ifPresent(this::put);
        return after.map(Meter::overrun).orElse(0L) - before.map(Meter::overrun).orElse(0L);
    }

    /**
     * Holds what a request may cost at worst.
     *
     * @throws VaultException {@code gateway_key_not_found}, {@code model_unpriced}, {@code spend_cap_reached}, {@code
     *     pool_quota_exceeded}
     */
    void reserve(ReservationRow row, Supplier<Plan> plan, long now) {
        if (row.keyId() != null) {
            put(admitted(row.keyId(), row).reserve(row.money(), now));
        }
        if (row.poolMeter() != null) {
            put(admitted(row.poolMeter(), plan.get(), row).reserve(row.tokens(), now));
        }
    }

    void commit() {
        changed.values().forEach(book::put);
    }

    private Meter admitted(String keyId, ReservationRow row) {
        Meter meter = present(keyId)
                .or(() -> book.find(keyId))
                .filter(found -> !found.closed())
                .orElseThrow(() -> KeyMeters.unknown(keyId));
        if (meter.cap() != null && row.quote().microUsd() == null) {
            throw new VaultException(
                            ErrorCode.MODEL_UNPRICED,
                            "The price of {} is not known, and the gateway key {} has a spend cap. Nothing was asked.",
                            row.quote().modelId(),
                            book.keyName(keyId))
                    .withNext("An operator adds the price to the catalogue (CHATELAINE_CATALOG).");
        }
        if (!meter.admits(row.money())) {
            throw new VaultException(
                            ErrorCode.SPEND_CAP_REACHED,
                            "The gateway key {} has reached its spend cap: what is left does not cover this request at"
                                    + " its worst. Nothing was asked.",
                            book.keyName(keyId))
                    .withNext("Raise the key's spend_cap_micro_usd, or ask for a shorter answer (max_tokens).");
        }
        return meter;
    }

    private Meter admitted(String poolMeter, Plan plan, ReservationRow row) {
        long quota = plan.poolTokensPerMonth();
        Meter meter = present(poolMeter).orElseGet(() -> book.findOrMake(poolMeter, quota));
        Meter asPlanned = meter.cap() != null && meter.cap() == quota ? meter : meter.capped(quota);
        if (!asPlanned.admits(row.tokens())) {
            throw new VaultException(
                            ErrorCode.POOL_QUOTA_EXCEEDED,
                            "This month's {} tokens of the plan {} are used up: what is left does not cover this request"
                                    + " at its worst. Nothing was asked.",
                            quota,
                            plan.name())
                    .withNext("Store a provider key of your own, or ask again next month.");
        }
        return asPlanned;
    }

    private Optional<Meter> intact(String id) {
        return present(id).or(() -> book.findIntact(id));
    }

    private Optional<Meter> present(@Nullable String id) {
        return Optional.ofNullable(changed.get(id));
    }

    private void put(Meter meter) {
        changed.put(meter.id(), meter);
    }
}
