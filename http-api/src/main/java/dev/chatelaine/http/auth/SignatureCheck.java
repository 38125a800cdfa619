package dev.chatelaine.http.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.Ed25519Verifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;

/** Whether one of the issuer's keys made a token's signature. A key decides by its type what it can have made. */
final class SignatureCheck {
    /** RFC 7518, section 3.3. */
    private static final int SHORTEST_RSA_BITS = 2048;

    private SignatureCheck() {}

    static void require(CompactToken token, TrustedIssuer issuer) {
        if (issuer.keys(token.header()).stream().noneMatch(key -> made(key, token))) {
            throw AuthenticationException.invalid("The token's signature is not by a key of the trusted issuer.");
        }
    }

    private static boolean made(JWK key, CompactToken token) {
        try {
            return verifier(key).verify(token.header(), token.signingInput(), token.signature());
        } catch (JOSEException e) {
            return false;
        }
    }

    private static JWSVerifier verifier(JWK key) throws JOSEException {
        if (key instanceof RSAKey rsa && rsa.size() >= SHORTEST_RSA_BITS) {
            return new RSASSAVerifier(rsa);
        }
        if (key instanceof ECKey ec) {
            return new ECDSAVerifier(ec);
        }
        if (key instanceof OctetKeyPair okp) {
            return new Ed25519Verifier(okp.toPublicJWK());
        }
        throw new JOSEException("no such key can sign here");
    }
}
