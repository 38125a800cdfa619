package dev.chatelaine.vault.llm;

import dev.chatelaine.vault.crypto.SealedValue;
import dev.chatelaine.vault.provider.KeyStatus;
import dev.chatelaine.vault.store.Transaction;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A configuration's own key as it is on disk. */
record KeyRow(long version, SealedValue sealed) {

    static Optional<KeyRow> find(Transaction tx, ConfigurationRow owner) {
        return tx.query("SELECT version, sealed FROM llm_keys WHERE configuration_id = :id AND tenant = :tenant")
                .bind("id", owner.id())
                .bind("tenant", owner.tenant().value())
                .map((row, context) -> new KeyRow(row.getLong(1), new SealedValue(row.getBytes(2))))
                .findOne();
    }

    static void replace(
            Transaction tx, ConfigurationRow owner, KeyRow key, @Nullable String hint, String by, long now) {
        delete(tx, owner);
        tx.update("INSERT INTO llm_keys (configuration_id, tenant, version, sealed, key_id, hint, key_status,"
                        + " created_at, created_by) VALUES (:id, :tenant, :version, :sealed, :key, :hint,"
                        + " 'unverified', :now, :by)")
                .bind("id", owner.id())
                .bind("tenant", owner.tenant().value())
                .bind("version", key.version())
                .bind("sealed", key.sealed().bytes())
                .bind("key", key.sealed().keyId())
                .bind("hint", hint)
                .bind("now", now)
                .bind("by", by)
                .execute();
        tx.update("UPDATE llm_configurations SET key_version = :version WHERE id = :id")
                .bind("version", key.version())
                .bind("id", owner.id())
                .execute();
    }

    static void delete(Transaction tx, ConfigurationRow owner) {
        tx.update("DELETE FROM llm_keys WHERE configuration_id = :id")
                .bind("id", owner.id())
                .execute();
    }

    static void markUsed(Transaction tx, ConfigurationRow owner, long now) {
        tx.update("UPDATE llm_keys SET last_used_at = :now WHERE configuration_id = :id")
                .bind("now", now)
                .bind("id", owner.id())
                .execute();
    }

    static void markVerified(Transaction tx, ConfigurationRow owner, KeyStatus status, long now) {
        tx.update("UPDATE llm_keys SET key_status = :status, last_verified_at = :now WHERE configuration_id = :id")
                .bind("status", status.label())
                .bind("now", now)
                .bind("id", owner.id())
                .execute();
    }
}
