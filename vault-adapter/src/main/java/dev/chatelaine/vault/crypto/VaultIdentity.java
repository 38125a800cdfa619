package dev.chatelaine.vault.crypto;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.Ids;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.store.Database;
import dev.chatelaine.vault.store.Scope;
import dev.chatelaine.vault.store.Transaction;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;

/**
 * Which vault a database holds, and the proof that a root keyring is its own: a known text that the root key sealed.
 *
 * @param vaultId the vault's id, part of what every value is bound to
 */
public record VaultIdentity(String vaultId) {
    private static final byte[] KNOWN_TEXT = "chatelaine".getBytes(StandardCharsets.UTF_8);
    private static final TenantId NO_TENANT = new TenantId("vault");
    private static final String FIND = "SELECT vault_id, root_check, root_key_id FROM vault WHERE singleton = 1";

    private record Row(String vaultId, SealedValue rootCheck, long rootKeyId) {}

    /** A vault with the keyring that opens it. */
    public record Opened(VaultIdentity identity, RootKeyring root) {}

    /**
     * Opens the vault that a database holds, or makes one in a database that holds none; only then may the source be
     * given its first key.
     *
     * @throws VaultException {@code vault_unavailable} naming the key id that is needed, when the source does not have
     *     it, or the proof does not open with it; {@code integrity_failed} when the proof is gone
     */
    public static Opened open(Database database, RootKeySource source, Ids ids, Clock clock) {
        Optional<Row> present = database.read(VaultIdentity::find);
        return present.map(row -> existing(row, source))
                .orElseGet(() -> database.write(
                        Scope.VAULT,
                        tx -> find(tx).map(row -> existing(row, source))
                                .orElseGet(() -> create(tx, source, ids, clock))));
    }

    /**
     * Opens the vault that a database holds, and makes none.
     *
     * @throws VaultException {@code vault_unavailable} as {@link #open} does, and when the database holds no vault
     */
    public static Opened openExisting(Database database, RootKeySource source) {
        return database.read(VaultIdentity::find)
                .map(row -> existing(row, source))
                .orElseThrow(() -> new VaultException(
                                ErrorCode.VAULT_UNAVAILABLE, "The database holds no vault. Nothing was changed.")
                        .withNext("chatelaine doctor"));
    }

    /** The id of the root key that sealed the proof. */
    public long rootKeyId(Transaction tx) {
        return find(tx).map(Row::rootKeyId).orElseThrow();
    }

    /**
     * Opens the proof with the keyring in hand.
     *
     * @throws VaultException {@code vault_unavailable}, {@code integrity_failed}
     */
    public void prove(Transaction tx, RootKeyring root) {
        root.open(find(tx).orElseThrow().rootCheck(), place(vaultId));
    }

    /** Seals the proof anew with the keyring's primary. */
    public void reseal(Transaction tx, RootKeyring root) {
        SealedValue check = root.seal(KNOWN_TEXT, place(vaultId));
        tx.update("UPDATE vault SET root_check = :check, root_key_id = :key WHERE singleton = 1")
                .bind("check", check.bytes())
                .bind("key", check.keyId())
                .execute();
    }

    private static Opened existing(Row row, RootKeySource source) {
        RootKeyring root = RootKeyring.find(source).orElseThrow(() -> missing(row, source));
        try {
            root.open(row.rootCheck(), place(row.vaultId()));
        } catch (VaultException e) {
            throw e.code() == ErrorCode.INTEGRITY_FAILED ? foreign(row, source).causedBy(e) : e;
        }
        return new Opened(new VaultIdentity(row.vaultId()), root);
    }

    private static Opened create(Transaction tx, RootKeySource source, Ids ids, Clock clock) {
        refuseLostIdentity(tx);
        RootKeyring root = RootKeyring.findOrCreate(source);
        String vaultId = ids.next("vlt_");
        SealedValue check = root.seal(KNOWN_TEXT, place(vaultId));
        tx.update("INSERT INTO vault (singleton, vault_id, root_check, root_key_id, created_at) VALUES (1, :id, :check,"
                        + " :key, :now)")
                .bind("id", vaultId)
                .bind("check", check.bytes())
                .bind("key", check.keyId())
                .bind("now", clock.millis())
                .execute();
        return new Opened(new VaultIdentity(vaultId), root);
    }

    private static Optional<Row> find(Transaction tx) {
        return tx.query(FIND)
                .map((row, context) ->
                        new Row(row.getString(1), proof(row.getString(1), row.getBytes(2)), row.getLong(3)))
                .findOne();
    }

    /** The proof is what a vault on its way into another database is given last. */
    private static SealedValue proof(String vaultId, byte[] bytes) {
        if (bytes.length == 0) {
            throw new VaultException(
                            ErrorCode.VAULT_UNAVAILABLE,
                            "The vault {} is being moved into this database and is not whole yet. Nothing was opened or"
                                    + " changed. Until it is, use it where it was.",
                            vaultId)
                    .withNext("chatelaine migrate    (again, where it was begun: it goes on)");
        }
        return new SealedValue(bytes);
    }

    private static byte[] place(String vaultId) {
        return new Place(NO_TENANT, Kind.ROOT_CHECK, "root", 1).associatedData(vaultId);
    }

    /** Keyrings without the vault's own record are an old vault that was damaged, not a place for a new one. */
    private static void refuseLostIdentity(Transaction tx) {
        if (tx.query("SELECT COUNT(*) FROM tenant_keyrings").mapTo(Long.class).one() > 0) {
            throw new VaultException(
                            ErrorCode.INTEGRITY_FAILED,
                            "The vault's own record is gone from the database. Nothing was opened or changed.")
                    .withNext("Restore the database from your backup.");
        }
    }

    private static VaultException foreign(Row row, RootKeySource source) {
        return new VaultException(
                        ErrorCode.VAULT_UNAVAILABLE,
                        "The root key {} in {} does not open this vault: the key or the vault's record was changed."
                                + " Nothing was opened or changed.",
                        KeyIds.text(row.rootCheck().keyId()),
                        source.location())
                .withNext("Restore the root key that belongs to this vault from your backup.");
    }

    private static VaultException missing(Row row, RootKeySource source) {
        return new VaultException(
                        ErrorCode.VAULT_UNAVAILABLE,
                        "This vault needs the root key {}, and {} is missing. Nothing was opened or changed.",
                        KeyIds.text(row.rootKeyId()),
                        source.location())
                .withNext("Restore the root key that belongs to this vault from your backup.");
    }
}
