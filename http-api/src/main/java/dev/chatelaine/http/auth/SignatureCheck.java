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
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Whether one of the issuer's keys made a token's signature. A key decides by its type what it can have made. Safe for
 * several threads.
 */
final class SignatureCheck {
    /** RFC 7518, section 3.3. */
    private static final int SHORTEST_RSA_BITS = 2048;

    private final ProvenSignatures proven = new ProvenSignatures();

    void require(CompactToken token, TrustedIssuer issuer) {
        if (issuer.keys(token.header()).stream().noneMatch(key -> made(key, token))) {
            throw AuthenticationException.invalid("The token's signature is not by a key of the trusted issuer.");
        }
    }

    private boolean made(JWK key, CompactToken token) {
        byte[] digest = digest(key, token);
        if (proven.contains(digest)) {
            return true;
        }
        boolean good = verified(key, token);
        if (good) {
            proven.add(digest);
        }
        return good;
    }

    private static boolean verified(JWK key, CompactToken token) {
        try {
            return verifier(key).verify(token.header(), token.signingInput(), token.signature());
        } catch (JOSEException e) {
            return false;
        }
    }

    /** The key's public parts in JSON hold no zero byte, the text and the signature in ASCII no dot but between. */
    private static byte[] digest(JWK key, CompactToken token) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(key.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8));
            sha256.update((byte) 0);
            sha256.update(token.signingInput());
            sha256.update((byte) '.');
            return sha256.digest(token.signature().toString().getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
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
