package dev.chatelaine.http.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.Ed25519Signer;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.opts.AllowWeakRSAKey;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetKeyPairGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** An issuer in memory with a key of each kind, which counts how often it is asked for keys. */
final class TestKeys implements TrustedIssuer {
    static final String ISSUER = "https://id.example.com/realms/acme";

    final RSAKey rsa;
    final ECKey ec;
    final OctetKeyPair ed;
    final RSAKey shortRsa;
    final AtomicInteger asked = new AtomicInteger();

    TestKeys() {
        try {
            rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
            shortRsa = new RSAKeyGenerator(1024, true).keyID("short").generate();
            ec = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
            ed = new OctetKeyPairGenerator(Curve.Ed25519).keyID("ed").generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public String issuer() {
        return ISSUER;
    }

    @Override
    public List<JWK> keys(JWSHeader header) {
        asked.incrementAndGet();
        return new JWKSelector(JWKMatcher.forJWSHeader(header)).select(new JWKSet(List.of(rsa, shortRsa, ec, ed)));
    }

    static JWSSigner signer(JWK key) {
        try {
            if (key instanceof RSAKey rsa) {
                return new RSASSASigner(rsa, Set.of(AllowWeakRSAKey.getInstance()));
            }
            return key instanceof ECKey ec ? new ECDSASigner(ec) : new Ed25519Signer((OctetKeyPair) key);
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }
}
