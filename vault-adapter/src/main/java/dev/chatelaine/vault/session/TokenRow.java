package dev.chatelaine.vault.session;

import dev.chatelaine.vault.access.TenantId;
import dev.chatelaine.vault.crypto.Credential;
import dev.chatelaine.vault.crypto.Keyrings;
import dev.chatelaine.vault.crypto.TenantKeyring;
import dev.chatelaine.vault.store.Transaction;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A runtime's token as it is on disk.
 *
 * @param hash the SHA-256 of the token
 * @param revision the session's when the token was made
 * @param expiresAt until when, in milliseconds since 1970
 */
record TokenRow(String hash, String sessionId, TenantId tenant, long revision, long expiresAt) {
    static final String PREFIX = "crt_";

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Stored(TokenRow row, byte[] mac) {
        boolean isAuthentic(TenantKeyring keyring) {
            return keyring.isAuthentic(mac, row.fields());
        }
    }

    static TokenRow of(SessionRow session, String token, Instant expiresAt) {
        return new TokenRow(
                Credential.hash(token), session.id(), session.tenant(), session.revision(), expiresAt.toEpochMilli());
    }

    /** The token of a session while it lasts; one that the tenant's keys did not make is none. */
    static Optional<TokenRow> find(Transaction tx, Keyrings keyrings, String sessionId, String token, long now) {
        return stored(tx, List.of(Credential.hash(token)), now).stream()
                .filter(stored -> stored.row().sessionId().equals(sessionId))
                .filter(stored ->
                        stored.isAuthentic(keyrings.of(tx, stored.row().tenant())))
                .map(Stored::row)
                .findFirst();
    }

    /** A tenant's tokens of these hashes, by their hashes, as {@link #find} has one. */
    static Map<String, TokenRow> findAll(Transaction tx, TenantKeyring keyring, Collection<String> hashes, long now) {
        return stored(tx, hashes, now).stream()
                .filter(stored -> stored.isAuthentic(keyring))
                .map(Stored::row)
                .collect(Collectors.toMap(TokenRow::hash, row -> row));
    }

    /** Whose session a token says it is for, which its code has still to prove. */
    static Optional<TenantId> tenantOf(Transaction tx, String token, long now) {
        return stored(tx, List.of(Credential.hash(token)), now).stream()
                .map(stored -> stored.row().tenant())
                .findFirst();
    }

    private static List<Stored> stored(Transaction tx, Collection<String> hashes, long now) {
        return tx.query("SELECT * FROM session_tokens WHERE hash IN (<hashes>) AND expires_at > :now")
                .bindList("hashes", List.copyOf(hashes))
                .bind("now", now)
                .map((row, context) -> new Stored(
                        new TokenRow(
                                row.getString("hash"),
                                row.getString("session_id"),
                                new TenantId(row.getString("tenant")),
                                row.getLong("revision"),
                                row.getLong("expires_at")),
                        row.getBytes("mac")))
                .list();
    }

    void insert(Transaction tx, Keyrings keyrings) {
        tx.update("INSERT INTO session_tokens (hash, session_id, tenant, revision, expires_at, mac)"
                        + " VALUES (:hash, :session, :tenant, :revision, :expires, :mac)")
                .bind("hash", hash)
                .bind("session", sessionId)
                .bind("tenant", tenant.value())
                .bind("revision", revision)
                .bind("expires", expiresAt)
                .bind("mac", keyrings.of(tx, tenant).authenticate(fields()))
                .execute();
    }

    static void revoke(Transaction tx, SessionRow session) {
        tx.update("DELETE FROM session_tokens WHERE session_id = :session")
                .bind("session", session.id())
                .execute();
    }

    RuntimeAccess access() {
        return new RuntimeAccess(tenant, sessionId, revision, Instant.ofEpochMilli(expiresAt));
    }

    private List<String> fields() {
        return List.of(
                "session token", hash, sessionId, tenant.value(), Long.toString(revision), Long.toString(expiresAt));
    }
}
