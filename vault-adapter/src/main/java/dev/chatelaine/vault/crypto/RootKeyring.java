package dev.chatelaine.vault.crypto;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.security.GeneralSecurityException;
import java.util.Optional;

/**
 * The root keys in use: seals and opens tenant keyrings, and reads its source again when it meets a key it does not
 * know, so that a rotation in another process goes unnoticed. Safe for several threads.
 */
public final class RootKeyring {
    private final RootKeySource source;
    private volatile RootKeys keys;

    private RootKeyring(RootKeySource source, RootKeys keys) {
        this.source = source;
        this.keys = keys;
    }

    /** The keyring of an existing source; empty when the source has no key yet. */
    public static Optional<RootKeyring> find(RootKeySource source) {
        return source.find().map(keys -> new RootKeyring(source, keys));
    }

    /** The keyring of a source that is given its first key if it has none. */
    public static RootKeyring findOrCreate(RootKeySource source) {
        return find(source).orElseGet(() -> new RootKeyring(source, source.create()));
    }

    /** The id of the key that seals. */
    public long primaryId() {
        return keys.primaryId();
    }

    /** Where the keys are, for messages. */
    public String location() {
        return source.location();
    }

    /** Reads the source again. */
    public void refresh() {
        source.find().ifPresent(found -> keys = found);
    }

    /** Adds a key to the source and seals with it from now on. */
    public void addPrimary() {
        keys = source.addPrimary();
    }

    /** Seals with one and the same key, whatever becomes of the source meanwhile. */
    interface Sealer {
        SealedValue seal(byte[] plaintext, byte[] associatedData);
    }

    /** What seals with the primary as it is now. */
    Sealer sealer() {
        refresh();
        RootKeys present = keys;
        return (plaintext, associatedData) -> {
            try {
                return new SealedValue(present.aead().encrypt(plaintext, associatedData));
            } catch (GeneralSecurityException e) {
                throw new VaultException(ErrorCode.VAULT_UNAVAILABLE, "The root key could not seal.").causedBy(e);
            }
        };
    }

    SealedValue seal(byte[] plaintext, byte[] associatedData) {
        return sealer().seal(plaintext, associatedData);
    }

    /**
     * Opens what this keyring sealed.
     *
     * @throws VaultException {@code vault_unavailable} naming the key id when that key is not there, {@code
     *     integrity_failed} when it is and does not open it
     */
    byte[] open(SealedValue sealed, byte[] associatedData) {
        if (!keys.ids().contains(sealed.keyId())) {
            refresh();
        }
        if (!keys.ids().contains(sealed.keyId())) {
            throw wrongKey(sealed.keyId());
        }
        try {
            return keys.aead().decrypt(sealed.bytes(), associatedData);
        } catch (GeneralSecurityException e) {
            throw SealedValue.damaged();
        }
    }

    private VaultException wrongKey(long needed) {
        return new VaultException(
                        ErrorCode.VAULT_UNAVAILABLE,
                        "This vault needs the root key {}, and {} holds {}. Nothing was opened or changed.",
                        KeyIds.text(needed),
                        source.location(),
                        KeyIds.text(keys.ids()))
                .withNext("Restore the root key that belongs to this vault from your backup.");
    }
}
