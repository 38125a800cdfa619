package dev.chatelaine.http.auth;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether a token is for now. */
final class TokenTimes {
    /** How far clocks may differ: a token that expired a second more than this ago is refused. */
    static final Duration SKEW = Duration.ofSeconds(60);

    private TokenTimes() {}

    static void check(Claims claims, Instant now) {
        Optional<Instant> expiry = claims.moment("exp");
        if (expiry.isEmpty()) {
            throw AuthenticationException.invalid("The token has no expiry.");
        }
        if (claims.moment("nbf").filter(now.plus(SKEW)::isBefore).isPresent()
                || claims.moment("iat").filter(now.plus(SKEW)::isBefore).isPresent()) {
            throw AuthenticationException.invalid(
                    "The token is from the future. Check the clocks of the issuer and of this service.");
        }
        if (now.isAfter(expiry.get().plus(SKEW))) {
            throw new AuthenticationException(AuthenticationException.Kind.EXPIRED, "The token has expired.");
        }
    }
}
