package dev.chatelaine.mcp.runtime;

import org.jspecify.annotations.Nullable;

/**
 * Who asks the server, for its REST interface.
 *
 * @param token a bearer token
 * @param tenant which of the token's tenants is meant, or null where it has one
 */
public record Credentials(String token, @Nullable String tenant) {
    /** Whether this can be a bearer token (RFC 6750, section 2.1), so that it fits into a header. */
    public static boolean isToken(String text) {
        return text.matches("[A-Za-z0-9._~+/-]+=*");
    }

    @Override
    public String toString() {
        return "Credentials[redacted]";
    }
}
