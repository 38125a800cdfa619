package dev.chatelaine.http.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProvenSignaturesTest {
    private static final TestKeys KEYS = new TestKeys();
    private static final String TOKEN = Forge.es256().signedBy(KEYS.ec);

    private final SignatureCheck check = new SignatureCheck();

    private static CompactToken token(String text) {
        return CompactToken.from("Bearer " + text);
    }

    private void refused(String text, TrustedIssuer issuer) {
        assertThatThrownBy(() -> check.require(token(text), issuer)).isInstanceOf(AuthenticationException.class);
    }

    private static TrustedIssuer only(JWK key) {
        return new TrustedIssuer() {
            @Override
            public String issuer() {
                return TestKeys.ISSUER;
            }

            @Override
            public List<JWK> keys(JWSHeader header) {
                return List.of(key);
            }
        };
    }

    @Test
    void aTokenThatWasProvedIsGoodAgain() {
        check.require(token(TOKEN), KEYS);
        check.require(token(TOKEN), KEYS);
    }

    @Test
    void whatWasProvedForOneKeyIsNotForAnotherOfTheSameName() throws Exception {
        check.require(token(TOKEN), KEYS);

        refused(
                TOKEN,
                only(new ECKey.Builder(new TestKeys().ec.toECKey()).keyID("ec").build()));
    }

    @Test
    void anyOtherTextOrSignatureIsProvedForItself() {
        check.require(token(TOKEN), KEYS);
        String[] parts = TOKEN.split("\\.", -1);
        String other = Forge.es256().claim("sub", "eve").signedBy(KEYS.ec);
        String[] others = other.split("\\.", -1);

        refused(parts[0] + "." + others[1] + "." + parts[2], KEYS);
        refused(parts[0] + "." + parts[1] + "." + others[2], KEYS);
        check.require(token(other), KEYS);
    }

    @Test
    void aRefusedOneStaysRefused() {
        String forged = Forge.es256().signedBy(new TestKeys().ec);

        refused(forged, KEYS);
        refused(forged, KEYS);
    }

    @Test
    void onlySoManyAreKept() {
        ProvenSignatures proven = new ProvenSignatures();
        byte[] first = {0, 0};
        proven.add(first);
        for (int i = 1; i <= 4096; i++) {
            proven.add(new byte[] {(byte) (i >> 8), (byte) i});
        }

        assertThat(proven.contains(first)).isFalse();
        assertThat(proven.contains(new byte[] {0, 1})).isTrue();
    }
}
