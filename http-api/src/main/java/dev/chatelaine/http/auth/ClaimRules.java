package dev.chatelaine.http.auth;

import com.nimbusds.jose.JWSHeader;
import java.time.Clock;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether a token whose signature counts is for this service and for now. Issuer, audience, expiry and subject must be
 * there. An ID token (OpenID Connect Core, section 2) is refused by its audience, which is the client and not this
 * service; and, where somebody configured the client's id as an audience, by what only ID tokens carry.
 */
final class ClaimRules {
    private static final int LONGEST_SUBJECT = 255;

    private final String issuer;
    private final Audiences audiences;
    private final Clock clock;

    ClaimRules(String issuer, Audiences audiences, Clock clock) {
        this.issuer = issuer;
        this.audiences = audiences;
        this.clock = clock;
    }

    void check(JWSHeader header, Claims claims) {
        if (!claims.text("iss").filter(issuer::equals).isPresent()) {
            throw AuthenticationException.invalid("The token is by another issuer than the trusted one.");
        }
        if (!audiences.acceptAny(claims.texts("aud"))) {
            throw AuthenticationException.invalid(
                    "The token is for another audience. Ask the issuer for one whose audience is this service.");
        }
        if (isIdToken(header, claims)) {
            throw AuthenticationException.invalid("The token is an ID token. Send an access token.");
        }
        if (!claims.text("sub").filter(ClaimRules::isSubject).isPresent()) {
            throw AuthenticationException.invalid(
                    "The token has no subject of 1 to 255 characters without control characters.");
        }
        TokenTimes.check(claims, clock.instant());
    }

    private static boolean isIdToken(JWSHeader header, Claims claims) {
        if (claims.has("at_hash")
                || claims.has("c_hash")
                || "ID".equals(claims.text("typ").orElse(""))) {
            return true;
        }
        boolean typed = header.getType() != null
                && !"JWT".equalsIgnoreCase(header.getType().getType());
        return !typed && claims.has("nonce");
    }

    static boolean isSubject(String subject) {
        return !subject.isBlank()
                && subject.length() <= LONGEST_SUBJECT
                && subject.codePoints().noneMatch(Character::isISOControl);
    }

    /** The program that the token was given to (RFC 9068, section 2.2; {@code azp} before it), where it is told. */
    static Optional<String> client(Claims claims) {
        return Stream.of("client_id", "azp")
                .flatMap(name -> claims.text(name).stream())
                .filter(ClaimRules::isSubject)
                .findFirst();
    }
}
