package dev.chatelaine.vault.crypto;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A value as it is on disk: Tink's output prefix (one byte 1 and the key id, big endian), a 12-byte nonce, the AES-GCM
 * ciphertext and its 16-byte tag. Immutable.
 */
public final class SealedValue {
    private static final byte TINK_PREFIX = 1;
    private static final int SHORTEST = 1 + Integer.BYTES + 12 + 16;

    private final byte[] bytes;

    /**
     * Takes what was read from disk.
     *
     * @throws VaultException {@code integrity_failed} when it cannot be a sealed value
     */
    public SealedValue(byte[] bytes) {
        if (bytes.length < SHORTEST || bytes[0] != TINK_PREFIX) {
            throw damaged();
        }
        this.bytes = bytes.clone();
    }

    /** What to write to disk; a copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The id of the key that sealed it, 0 to 2^32-1. Not authenticated until the value is opened. */
    public long keyId() {
        return Integer.toUnsignedLong(ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt());
    }

    static VaultException damaged() {
        return new VaultException(
                ErrorCode.INTEGRITY_FAILED,
                "The stored value is damaged, or was moved here from another place, and was not opened. Store it anew,"
                        + " and run `chatelaine audit verify`.");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SealedValue sealed && Arrays.equals(bytes, sealed.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "SealedValue[key " + KeyIds.text(keyId()) + "]";
    }
}
