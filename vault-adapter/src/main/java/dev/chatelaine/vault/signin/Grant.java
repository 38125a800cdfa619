package dev.chatelaine.vault.signin;

import dev.chatelaine.vault.crypto.Keyrings;
import dev.chatelaine.vault.store.Transaction;
import java.util.List;

/**
 * What a row lets somebody do, authenticated by the keys of the tenant where they may: a row that was written or changed
 * past this package grants nothing.
 *
 * @param kind of which table the row is
 * @param hash what the row is found by
 * @param subject the person
 * @param membership where they may do what
 * @param expiresAt until when, in milliseconds since 1970
 */
record Grant(String kind, String hash, String subject, Membership membership, long expiresAt) {
    static final String LINK = "console.link";
    static final String SESSION = "console.session";

    byte[] mac(Transaction tx, Keyrings keyrings) {
        return keyrings.of(tx, membership.tenant()).authenticate(fields());
    }

    boolean isAuthentic(Transaction tx, Keyrings keyrings, byte[] mac) {
        return keyrings.of(tx, membership.tenant()).isAuthentic(mac, fields());
    }

    private List<String> fields() {
        return List.of(
                kind, hash, subject, membership.tenant().value(), membership.rolesText(), Long.toString(expiresAt));
    }
}
