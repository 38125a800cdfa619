package dev.chatelaine.http.auth;

import java.time.Instant;

/**
 * A token that was just signed: shown once, kept nowhere.
 *
 * @param token the token, in the compact form
 * @param expiresAt when it expires, to the second
 */
public record IssuedToken(String token, Instant expiresAt) {
    @Override
    public String toString() {
        return "IssuedToken[redacted, expiresAt=" + expiresAt + "]";
    }
}
