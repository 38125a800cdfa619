package dev.chatelaine.vault.session;

import dev.chatelaine.vault.announcement.Announcements;
import dev.chatelaine.vault.audit.AuditLog;
import dev.chatelaine.vault.bundle.SealedBundles;
import dev.chatelaine.vault.crypto.Keyrings;
import dev.chatelaine.vault.secret.SealedSecrets;
import dev.chatelaine.vault.store.Database;
import java.time.Clock;

/**
 * What the services of this package are made of.
 *
 * @param database where the rows are
 * @param keyrings what seals them
 * @param audit where events go
 * @param bundles the bundles that sessions are given
 * @param secrets the secrets that sessions are given
 * @param announcements where changes are told
 * @param clock what tells the time
 */
public record SessionParts(
        Database database,
        Keyrings keyrings,
        AuditLog audit,
        SealedBundles bundles,
        SealedSecrets secrets,
        Announcements announcements,
        Clock clock) {

    SessionRows rows() {
        return new SessionRows(keyrings);
    }

    SessionValues values() {
        return new SessionValues(keyrings);
    }
}
