package dev.chatelaine.http.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.Ids;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.Actor;
import dev.chatelaine.vault.access.Role;
import dev.chatelaine.vault.token.TokenKey;
import dev.chatelaine.vault.token.TokenKeys;
import dev.chatelaine.vault.token.TokenSigner;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The instance as the issuer of its own tokens, where there is no other. They are access tokens by RFC 9068, signed
 * with ES256: every JWT library verifies it, the JDK signs with it, and its keys are small. Safe for several threads;
 * every process on the vault issues and verifies alike.
 */
public final class LocalIssuer implements TrustedIssuer {
    /** The longest life of a token. */
    public static final Duration LONGEST = Duration.ofDays(90);

    private static final String CLIENT = "chatelaine";

    private final TokenKeys keys;
    private final String issuer;
    private final String audience;
    private final Ids ids;
    private final Clock clock;

    /**
     * An issuer.
     *
     * @param keys signs and verifies
     * @param issuer what {@code iss} says: the service's address
     * @param audience what {@code aud} says: the service's resource, one of those its authenticator accepts
     * @param ids makes token ids
     * @param clock tells the time
     */
    public LocalIssuer(TokenKeys keys, String issuer, String audience, Ids ids, Clock clock) {
        this.keys = keys;
        this.issuer = issuer;
        this.audience = audience;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Signs a token and writes so to the audit of its tenant.
     *
     * @param operator who asks, in the tenant that the token is for
     * @param subject whom it names; 1 to 255 characters without control characters
     * @param roles what it gives; none is allowed and gives nothing
     * @param life how long it counts: whole seconds, up to {@link #LONGEST}
     * @throws VaultException {@code tenant_not_found}; {@code invalid_field} for a subject or a life that is not so
     */
    public IssuedToken issue(Actor operator, String subject, Set<Role> roles, Duration life) {
        checkRequest(subject, life);
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant expiry = now.plus(life.truncatedTo(ChronoUnit.SECONDS));
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(issuer)
                .audience(audience)
                .subject(subject)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(expiry))
                .jwtID(ids.next("tok_"))
                .claim("client_id", CLIENT)
                .claim(ClaimNames.STANDARD.tenant(), operator.tenant().value())
                .claim(
                        ClaimNames.STANDARD.roles(),
                        roles.stream().map(Role::label).sorted().toList())
                .build();
        return new IssuedToken(keys.issue(operator, subject, expiry, signer -> signed(claims, signer)), expiry);
    }

    @Override
    public String issuer() {
        return issuer;
    }

    @Override
    public List<JWK> keys(JWSHeader header) {
        return new JWKSelector(JWKMatcher.forJWSHeader(header)).select(keySet());
    }

    /** The public keys as a JSON Web Key Set (RFC 7517) for {@code /.well-known/jwks.json}. */
    public Map<String, Object> jwks() {
        return keySet().toJSONObject(true);
    }

    private JWKSet keySet() {
        return new JWKSet(keys.verifying().stream().map(LocalIssuer::jwk).toList());
    }

    private static JWK jwk(TokenKey key) {
        return new ECKey.Builder(Curve.P_256, key.publicKey())
                .keyID(key.id())
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.ES256)
                .build();
    }

    private static String signed(JWTClaimsSet claims, TokenSigner signer) {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType("at+jwt"))
                .keyID(signer.keyId())
                .build();
        SignedJWT token = new SignedJWT(header, claims);
        try {
            token.sign(new VaultSigner(signer));
            return token.serialize();
        } catch (JOSEException e) {
            throw new VaultException(ErrorCode.VAULT_UNAVAILABLE, "The token could not be signed.").causedBy(e);
        }
    }

    private static void checkRequest(String subject, Duration life) {
        if (!ClaimRules.isSubject(subject)) {
            throw new VaultException(
                            ErrorCode.INVALID_FIELD, "A subject is 1 to 255 characters without control characters.")
                    .withField("subject");
        }
        if (life.compareTo(Duration.ofSeconds(1)) < 0 || life.compareTo(LONGEST) > 0) {
            throw new VaultException(ErrorCode.INVALID_FIELD, "A token lives from one second to 90 days.")
                    .withField("ttl");
        }
    }
}
