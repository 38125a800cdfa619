package dev.chatelaine.http.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.jca.JCAContext;
import com.nimbusds.jose.util.Base64URL;
import dev.chatelaine.vault.token.TokenSigner;
import java.util.Set;

/** The vault's signature in Nimbus' terms: the private key stays where it is. */
final class VaultSigner implements JWSSigner {
    private final TokenSigner signer;

    VaultSigner(TokenSigner signer) {
        this.signer = signer;
    }

    @Override
    public Base64URL sign(JWSHeader header, byte[] signingInput) throws JOSEException {
        if (!JWSAlgorithm.ES256.equals(header.getAlgorithm())) {
            throw new JOSEException("the vault signs with ES256");
        }
        return Base64URL.encode(signer.sign(signingInput));
    }

    @Override
    public Set<JWSAlgorithm> supportedJWSAlgorithms() {
        return Set.of(JWSAlgorithm.ES256);
    }

    @Override
    public JCAContext getJCAContext() {
        return new JCAContext();
    }
}
