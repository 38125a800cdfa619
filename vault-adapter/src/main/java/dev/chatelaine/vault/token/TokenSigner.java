package dev.chatelaine.vault.token;

import dev.chatelaine.vault.crypto.SealedValue;
import dev.chatelaine.vault.crypto.TokenKeyring;

/** Signs, within the call of {@link TokenKeys#issue} that handed it out. Bound to that call's thread. */
public final class TokenSigner {
    private final TokenKeyring keyring;
    private final String keyId;
    private final SealedValue privatePart;
    private boolean finished;

    TokenSigner(TokenKeyring keyring, String keyId, SealedValue privatePart) {
        this.keyring = keyring;
        this.keyId = keyId;
        this.privatePart = privatePart;
    }

    /** The id of the key that signs. */
    public String keyId() {
        return keyId;
    }

    /**
     * Signs with ES256 (RFC 7518, section 3.4).
     *
     * @return 64 bytes
     * @throws IllegalStateException once the call that handed this out has returned
     */
    public byte[] sign(byte[] input) {
        if (finished) {
            throw new IllegalStateException("the unit of work is over");
        }
        return keyring.sign(keyId, privatePart, input);
    }

    void finish() {
        finished = true;
    }
}
