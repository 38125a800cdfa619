package dev.chatelaine.vault.secret;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.crypto.Keyrings;
import dev.chatelaine.vault.crypto.PlacedValue;
import dev.chatelaine.vault.crypto.SealedValue;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.crypto.TenantKeyring;
import dev.chatelaine.vault.store.Transaction;
import java.time.Clock;
import java.time.Instant;

/** The values of secrets, sealed one version at a time. */
final class SecretVersions {
    private final Keyrings keyrings;
    private final SecretRows rows;
    private final SecretFollower follower;
    private final Clock clock;

    SecretVersions(Keyrings keyrings, SecretRows rows, SecretFollower follower, Clock clock) {
        this.keyrings = keyrings;
        this.rows = rows;
        this.follower = follower;
        this.clock = clock;
    }

    void first(Transaction tx, Actor actor, SecretRow secret, SecretValue value) {
        insert(tx, actor, secret, 1, value);
    }

    /** Adds a version, unless the value is the present one. One that no longer opens is replaced by any. */
    boolean replace(Transaction tx, Actor actor, SecretRow secret, SecretValue value) {
        if (holds(tx, secret, value)) {
            return false;
        }
        long next = secret.metadata().version() + 1;
        SealedValue sealed = insert(tx, actor, secret, next, value);
        pointTo(tx, secret, next, sealed);
        return true;
    }

    /** Adds a version with the value of an older one. */
    void copy(Transaction tx, Actor actor, SecretRow secret, long number) {
        VersionRow old = VersionRow.find(tx, secret, number).orElseThrow(SecretVersions::unknown);
        long next = secret.metadata().version() + 1;
        SealedValue sealed =
                keyrings.of(tx, secret.tenant()).reseal(old.sealed(), secret.place(number), secret.place(next));
        new VersionRow(next, sealed, old.hint(), now(), actor.subject()).insert(tx, secret);
        pointTo(tx, secret, next, sealed);
    }

    SecretValue open(Transaction tx, SecretRow secret) {
        PlacedValue current = current(tx, secret);
        return keyrings.of(tx, secret.tenant()).open(current.sealed(), current.place());
    }

    /** The current version's value, sealed. */
    PlacedValue current(Transaction tx, SecretRow secret) {
        long current = secret.metadata().version();
        VersionRow version = VersionRow.find(tx, secret, current)
                .orElseThrow(() -> new VaultException(
                        ErrorCode.INTEGRITY_FAILED,
                        "The current version of {} is gone from the database. Store the value anew.",
                        secret.name()));
        return new PlacedValue(secret.place(current), version.sealed());
    }

    /** Makes a version the current one, and tells whoever has the value of the one before. */
    private void pointTo(Transaction tx, SecretRow secret, long version, SealedValue sealed) {
        rows.pointTo(tx, secret, version);
        follower.renewed(tx, secret.id(), new PlacedValue(secret.place(version), sealed));
    }

    /** Whether a value is the present one; what does not open is none. */
    boolean holds(Transaction tx, SecretRow secret, SecretValue value) {
        try {
            return open(tx, secret).equals(value);
        } catch (VaultException e) {
            if (e.code() == ErrorCode.INTEGRITY_FAILED) {
                return false;
            }
            throw e;
        }
    }

    private SealedValue insert(Transaction tx, Actor actor, SecretRow secret, long number, SecretValue value) {
        TenantKeyring keyring = keyrings.of(tx, secret.tenant());
        SealedValue sealed = keyring.seal(value, secret.place(number));
        new VersionRow(number, sealed, value.hint(), now(), actor.subject()).insert(tx, secret);
        return sealed;
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }

    private static VaultException unknown() {
        return new VaultException(
                        ErrorCode.VERSION_NOT_FOUND,
                        "There is no such version: the newest 10 are kept. Ask for the history to see them.")
                .withField("version");
    }
}
