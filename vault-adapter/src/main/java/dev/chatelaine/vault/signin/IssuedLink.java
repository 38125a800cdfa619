package dev.chatelaine.vault.signin;

import java.time.Instant;

/**
 * A link's secret, told once.
 *
 * @param secret whoever has it may sign in with it, once
 * @param expiresAt until when
 */
public record IssuedLink(String secret, Instant expiresAt) {
    @Override
    public String toString() {
        return "IssuedLink[redacted]";
    }
}
