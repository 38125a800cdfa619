package dev.chatelaine.http.auth;

import java.util.Optional;

/** The {@code WWW-Authenticate} headers (RFC 6750, section 3; RFC 9728, section 5.1). Safe for several threads. */
public final class Challenges {
    private final String metadata;

    /** Challenges that lead to this metadata. */
    public Challenges(ProtectedResourceMetadata metadata) {
        this.metadata = "Bearer resource_metadata=\"" + metadata.location() + "\"";
    }

    /** The header for a refusal; empty where its status takes none (403 for a tenant, 503). */
    public Optional<String> answering(AuthenticationException refusal) {
        return switch (refusal.kind()) {
            case MISSING -> Optional.of(metadata);
            case INVALID, EXPIRED ->
                Optional.of(metadata + ", error=\"invalid_token\", error_description=\"" + refusal.text() + "\"");
            case WRONG_TENANT, ISSUER_UNAVAILABLE -> Optional.empty();
        };
    }

    /** The header for an actor who lacks this permission ({@code secrets:write}), with status 403. */
    public String insufficientScope(String missing) {
        return metadata + ", error=\"insufficient_scope\", scope=\"" + missing + "\"";
    }
}
