package dev.chatelaine.vault.usage;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.crypto.Keyrings;
import dev.chatelaine.vault.store.Transaction;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The meters of gateway keys, for whoever makes and changes the keys. Safe for several threads. */
public final class KeyMeters {
    /** The highest cap: a thousand million US dollars. */
    public static final long HIGHEST_CAP = 1_000_000_000_000_000L;

    private final Keyrings keyrings;

    /** Meters with codes by these keys. */
    public KeyMeters(Keyrings keyrings) {
        this.keyrings = keyrings;
    }

    /**
     * The cap that somebody gave.
     *
     * @throws VaultException {@code invalid_field}
     */
    public static @Nullable Long checkedCap(@Nullable Long microUsd) {
        if (microUsd != null && (microUsd < 0 || microUsd > HIGHEST_CAP)) {
            throw new VaultException(
                            ErrorCode.INVALID_FIELD,
                            "A spend cap is a whole number of micro-USD from 0 to {}. Leave it out for none.",
                            HIGHEST_CAP)
                    .withField("spend_cap_micro_usd");
        }
        return microUsd;
    }

    /** Begins a new key's meter. */
    public KeySpend open(Transaction tx, TenantId tenant, String keyId, @Nullable Long cap) {
        Meter meter = Meter.fresh(tenant, keyId, cap);
        MeterRow.insert(tx, keyrings, meter);
        return KeySpend.of(meter);
    }

    /**
     * Gives a key another cap; requests under way go on.
     *
     * @throws VaultException {@code integrity_failed}
     */
    public KeySpend cap(Transaction tx, TenantId tenant, String keyId, @Nullable Long cap) {
        return change(tx, tenant, keyId, meter -> meter.capped(cap));
    }

    /** Lets nothing more be reserved; what is under way is settled still. */
    public void close(Transaction tx, TenantId tenant, String keyId) {
        change(tx, tenant, keyId, Meter::close);
    }

    /**
     * What a key has spent.
     *
     * @throws VaultException {@code integrity_failed}
     */
    public KeySpend of(Transaction tx, TenantId tenant, String keyId) {
        return KeySpend.of(find(tx, tenant, keyId));
    }

    /** What keys have spent, by their ids; those whose meter was tampered with are left out. */
    public Map<String, KeySpend> of(Transaction tx, TenantId tenant, List<String> keyIds) {
        return MeterRow.all(tx, keyrings, tenant, keyIds).values().stream()
                .collect(Collectors.toMap(Meter::id, KeySpend::of));
    }

    /**
     * What there is to be said where a gateway key is missing.
     *
     * @return {@code gateway_key_not_found}
     */
    public static VaultException unknown(String nameOrId) {
        return new VaultException(
                ErrorCode.GATEWAY_KEY_NOT_FOUND,
                "There is no gateway key {}. List the gateway keys to see their names.",
                nameOrId);
    }

    private KeySpend change(Transaction tx, TenantId tenant, String keyId, UnaryOperator<Meter> change) {
        Meter changed = change.apply(find(tx, tenant, keyId));
        MeterRow.save(tx, keyrings, changed);
        return KeySpend.of(changed);
    }

    private Meter find(Transaction tx, TenantId tenant, String keyId) {
        return MeterRow.find(tx, keyrings, tenant, keyId).orElseThrow(() -> unknown(keyId));
    }
}
