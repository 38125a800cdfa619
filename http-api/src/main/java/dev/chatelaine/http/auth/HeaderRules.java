package dev.chatelaine.http.auth;

import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What a token's header may say, decided before any key is looked up: an algorithm from the list, a type that an access
 * token has (RFC 8725, section 3.11; RFC 9068, section 2.1), and nothing that brings a key along or changes how the
 * token is read.
 */
final class HeaderRules {
    private static final Set<String> ALGORITHMS = Set.of("RS256", "ES256", "EdDSA");
    private static final Set<String> TYPES = Set.of("jwt", "at+jwt", "application/at+jwt");
    private static final Set<String> REFUSED =
            Set.of("jwk", "jku", "x5u", "x5c", "crit", "b64", "enc", "zip", "cty", "epk");

    private HeaderRules() {}

    static void check(JsonNode header) {
        if (!header.path("alg").isString()
                || !ALGORITHMS.contains(header.path("alg").stringValue())) {
            throw AuthenticationException.invalid(
                    "The token's algorithm is refused. Tokens are signed with RS256, ES256 or EdDSA.");
        }
        if (REFUSED.stream().anyMatch(header::has)) {
            throw AuthenticationException.invalid(
                    "The token's header brings a key, an extension or a nested token, which is refused.");
        }
        if (header.has("kid") && !header.path("kid").isString()) {
            throw AuthenticationException.invalid("The token's key id is not text.");
        }
        if (header.has("typ") && !typeAllowed(header.path("typ"))) {
            throw AuthenticationException.invalid("The token is not an access token.");
        }
    }

    private static boolean typeAllowed(JsonNode type) {
        return type.isString() && TYPES.contains(type.stringValue().toLowerCase(Locale.ROOT));
    }
}
