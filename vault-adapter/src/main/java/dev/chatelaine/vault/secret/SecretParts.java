package dev.chatelaine.vault.secret;

import dev.chatelaine.vault.audit.AuditLog;
import dev.chatelaine.vault.crypto.Keyrings;
import dev.chatelaine.vault.store.Database;
import java.time.Clock;

/**
 * What the services of this package are made of.
 *
 * @param database where the rows are
 * @param keyrings what seals them
 * @param audit where events go
 * @param intake the rules at the door
 * @param follower who follows new values
 * @param clock what tells the time
 */
public record SecretParts(
        Database database,
        Keyrings keyrings,
        AuditLog audit,
        SecretIntake intake,
        SecretFollower follower,
        Clock clock) {

    SecretRows rows() {
        return new SecretRows(clock);
    }

    SecretVersions versions() {
        return new SecretVersions(keyrings, rows(), follower, clock);
    }
}
