package dev.chatelaine.http.auth;

import dev.chatelaine.vault.access.Role;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/**
 * What an ID token says of a person, once it is proved (OpenID Connect Core 1.0, section 3.1.3.7): signed by the trusted
 * issuer's key with an algorithm from the list, for this client, for this sign-in and for now. Safe for several threads.
 */
public final class IdTokens {
    private static final String ACCESS_TOKEN = "at+jwt";

    private final SignatureCheck signatures = new SignatureCheck();
    private final TrustedIssuer issuer;
    private final ClaimNames names;
    private final String client;
    private final Clock clock;

    /**
     * ID tokens.
     *
     * @param issuer whose tokens count
     * @param names the claims with tenant and roles, as in bearer tokens
     * @param client the id that this service has at the issuer
     * @param clock tells the time
     */
    public IdTokens(TrustedIssuer issuer, ClaimNames names, String client, Clock clock) {
        this.issuer = issuer;
        this.names = names;
        this.client = client;
        this.clock = clock;
    }

    /**
     * Somebody whom the issuer vouches for.
     *
     * @param subject the person: 1 to 255 characters
     * @param tenants the tenants that the token names, as it spells them; perhaps none, or none that there is
     * @param roles what the person may do in each of them
     */
    public record Person(String subject, List<String> tenants, Set<Role> roles) {
        public Person {
            tenants = List.copyOf(tenants);
            roles = Set.copyOf(roles);
        }
    }

    /**
     * The person whom a token is about.
     *
     * @param nonce what was sent with the request that the token answers
     * @throws AuthenticationException when it does not count; {@code issuer_unavailable} when that cannot be said
     */
    public Person prove(String idToken, String nonce) {
        if (idToken.length() > CompactToken.LONGEST) {
            throw AuthenticationException.invalid("The ID token is longer than 16 KiB.");
        }
        CompactToken token = CompactToken.parse(idToken);
        signatures.require(token, issuer);
        Claims claims = Claims.parse(token.payload().decode());
        if (token.header().getType() != null
                && token.header()
                        .getType()
                        .getType()
                        .toLowerCase(java.util.Locale.ROOT)
                        .endsWith(ACCESS_TOKEN)) {
            throw AuthenticationException.invalid("The token is an access token and no ID token.");
        }
        checkParties(claims);
        if (!claims.text("nonce").filter(given -> same(given, nonce)).isPresent()) {
            throw AuthenticationException.invalid("The ID token answers another sign-in.");
        }
        TokenTimes.check(claims, clock.instant());
        String subject = claims.text("sub")
                .filter(ClaimRules::isSubject)
                .orElseThrow(() -> AuthenticationException.invalid("The ID token has no subject."));
        return new Person(subject, names.tenants(claims), names.roles(claims));
    }

    private void checkParties(Claims claims) {
        List<String> audience = claims.texts("aud");
        boolean toMe = audience.contains(client)
                && claims.text("azp").map(client::equals).orElse(audience.size() == 1);
        if (!claims.text("iss").filter(issuer.issuer()::equals).isPresent() || !toMe) {
            throw AuthenticationException.invalid("The ID token is by another issuer or for another client.");
        }
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
