package dev.chatelaine.vault.secret;

import dev.chatelaine.vault.crypto.SealedValue;
import dev.chatelaine.vault.store.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A version as it is on disk. */
record VersionRow(long number, SealedValue sealed, @Nullable String hint, Instant createdAt, String createdBy) {
    /** How many versions a secret keeps. */
    static final int KEPT = 10;

    static Optional<VersionRow> find(Transaction tx, SecretRow secret, long number) {
        return tx.direct()
                .first(
                        "SELECT * FROM secret_versions WHERE secret_id = ? AND tenant = ? AND number = ?",
                        row -> new VersionRow(
                                number,
                                new SealedValue(row.getBytes("sealed")),
                                row.getString("hint"),
                                Instant.ofEpochMilli(row.getLong("created_at")),
                                row.getString("created_by")),
                        secret.id(),
                        secret.tenant().value(),
                        number);
    }

    /** The versions that are kept, the newest first. Their values are not read. */
    static List<SecretVersion> list(Transaction tx, SecretRow secret) {
        return tx.query("SELECT number, hint, created_at, created_by FROM secret_versions WHERE secret_id = :id"
                        + " AND tenant = :tenant ORDER BY number DESC")
                .bind("id", secret.id())
                .bind("tenant", secret.tenant().value())
                .map((row, context) -> new SecretVersion(
                        row.getLong("number"),
                        row.getString("hint"),
                        Instant.ofEpochMilli(row.getLong("created_at")),
                        row.getString("created_by"),
                        row.getLong("number") == secret.metadata().version()))
                .list();
    }

    /** Writes the version and drops the ones beyond the number that is kept. */
    void insert(Transaction tx, SecretRow secret) {
        tx.update("INSERT INTO secret_versions (secret_id, number, tenant, sealed, key_id, hint, created_at,"
                        + " created_by) VALUES (:id, :number, :tenant, :sealed, :key, :hint, :created, :by)")
                .bind("id", secret.id())
                .bind("number", number)
                .bind("tenant", secret.tenant().value())
                .bind("sealed", sealed.bytes())
                .bind("key", sealed.keyId())
                .bind("hint", hint)
                .bind("created", createdAt.toEpochMilli())
                .bind("by", createdBy)
                .execute();
        tx.update("DELETE FROM secret_versions WHERE secret_id = :id AND number <= :last")
                .bind("id", secret.id())
                .bind("last", number - KEPT)
                .execute();
    }
}
