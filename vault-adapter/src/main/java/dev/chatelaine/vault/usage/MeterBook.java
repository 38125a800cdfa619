package dev.chatelaine.vault.usage;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.PlainText;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.crypto.Keyrings;
import dev.chatelaine.vault.store.Transaction;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A tenant's meters in one transaction: each is read once and written once, however often it changes. */
final class MeterBook {
    private static final Logger LOG = LoggerFactory.getLogger(MeterBook.class);

    private final Transaction tx;
    private final Keyrings keyrings;
    private final TenantId tenant;
    private final Map<String, Meter> meters = new HashMap<>();
    private final Set<String> fresh = new HashSet<>();
    private final Set<String> changed = new HashSet<>();

    MeterBook(Transaction tx, Keyrings keyrings, TenantId tenant) {
        this.tx = tx;
        this.keyrings = keyrings;
        this.tenant = tenant;
    }

    /**
     * A meter as it is by now.
     *
     * @throws VaultException {@code integrity_failed} when it was changed past this package
     */
    Optional<Meter> find(String id) {
        Meter known = meters.get(id);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Meter> found = MeterRow.find(tx, keyrings, tenant, id);
        found.ifPresent(meter -> meters.put(id, meter));
        return found;
    }

    /** The same for a request that is over, which is written down whatever became of its meter. */
    Optional<Meter> findIntact(String id) {
        try {
            return find(id);
        } catch (VaultException e) {
            if (e.code() != ErrorCode.INTEGRITY_FAILED) {
                throw e;
            }
            LOG.atWarn().addKeyValue("tenant", tenant).addKeyValue("meter", id).log("a meter was tampered with");
            return Optional.empty();
        }
    }

    /** A meter that is made where there is none. */
    Meter findOrMake(String id, long cap) {
        return find(id).orElseGet(() -> {
            fresh.add(id);
            return Meter.fresh(tenant, id, cap);
        });
    }

    /** What people call the gateway key of this id, for a refusal to say; its id where it has no name any more. */
    String keyName(String keyId) {
        return tx.query("SELECT name FROM gateway_keys WHERE id = :id AND tenant = :tenant")
                .bind("id", keyId)
                .bind("tenant", tenant.value())
                .mapTo(String.class)
                .findOne()
                .map(name -> PlainText.of(name, Quote.LONGEST_NAME))
                .orElse(keyId);
    }

    void put(Meter meter) {
        meters.put(meter.id(), meter);
        changed.add(meter.id());
    }

    /** Writes what has changed. */
    void save() {
        for (String id : changed) {
            Meter meter = meters.get(id);
            if (meter != null && fresh.contains(id)) {
                MeterRow.insert(tx, keyrings, meter);
            } else if (meter != null) {
                MeterRow.save(tx, keyrings, meter);
            }
        }
        fresh.removeAll(changed);
        changed.clear();
    }
}
