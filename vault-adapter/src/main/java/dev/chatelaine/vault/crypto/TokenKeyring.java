package dev.chatelaine.vault.crypto;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.TenantId;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes the keys that sign tokens (ECDSA on P-256), seals both parts of each with the root keyring, and signs. A
 * private part is open for the length of one signature and never leaves this package; the public part is sealed as
 * well, because whoever could replace it on disk could forge every token. Safe for several threads.
 */
public final class TokenKeyring {
    private static final TenantId NO_TENANT = new TenantId("vault");

    private final RootKeyring root;
    private final String vaultId;
    private final SecureRandom random;

    /** The signing keys of a vault, sealed by its root keyring. */
    public TokenKeyring(RootKeyring root, String vaultId, SecureRandom random) {
        this.root = root;
        this.vaultId = vaultId;
        this.random = random;
    }

    /**
     * A signing key as it is on disk.
     *
     * @param privatePart null once the key no longer signs
     * @param publicPart what proves its signatures
     */
    public record SealedKey(@Nullable SealedValue privatePart, SealedValue publicPart) {
        /** The same key, unable to sign. */
        public SealedKey withoutPrivatePart() {
            return new SealedKey(null, publicPart);
        }

        /** The id of the root key that sealed it. */
        public long rootKeyId() {
            return publicPart.keyId();
        }
    }

    /** Makes a key, sealed for the record with this id. */
    public SealedKey generate(String id) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            KeyPair pair = generator.generateKeyPair();
            RootKeyring.Sealer sealer = root.sealer();
            return new SealedKey(
                    sealer.seal(pair.getPrivate().getEncoded(), place(Kind.TOKEN_KEY, id)),
                    sealer.seal(pair.getPublic().getEncoded(), place(Kind.TOKEN_PUBLIC_KEY, id)));
        } catch (GeneralSecurityException e) {
            throw unusable(e);
        }
    }

    /**
     * Signs with SHA-256 and ECDSA.
     *
     * @return r and s, 32 bytes each, as JWS has them (RFC 7518, section 3.4)
     * @throws VaultException {@code integrity_failed} when the key was changed or belongs to another record
     */
    public byte[] sign(String id, SealedValue privatePart, byte[] input) {
        byte[] encoded = opened(privatePart, Kind.TOKEN_KEY, id);
        try {
            PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(key, random);
            signature.update(input);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw unusable(e);
        } finally {
            Arrays.fill(encoded, (byte) 0);
        }
    }

    /**
     * Opens the public part.
     *
     * @throws VaultException {@code integrity_failed} when it was changed or belongs to another record
     */
    public ECPublicKey publicKey(String id, SealedValue publicPart) {
        try {
            byte[] encoded = opened(publicPart, Kind.TOKEN_PUBLIC_KEY, id);
            return (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw unusable(e);
        }
    }

    /**
     * Opens both parts and forgets them at once.
     *
     * @throws VaultException {@code integrity_failed} when one was changed or belongs to another record
     */
    public void prove(String id, SealedKey key) {
        SealedValue privatePart = key.privatePart();
        if (privatePart != null) {
            Arrays.fill(opened(privatePart, Kind.TOKEN_KEY, id), (byte) 0);
        }
        Arrays.fill(opened(key.publicPart(), Kind.TOKEN_PUBLIC_KEY, id), (byte) 0);
    }

    /** Seals a key anew, with the root keyring's present primary. */
    public SealedKey reseal(String id, SealedKey key) {
        RootKeyring.Sealer sealer = root.sealer();
        SealedValue privatePart = key.privatePart();
        return new SealedKey(
                privatePart == null ? null : resealed(sealer, privatePart, Kind.TOKEN_KEY, id),
                resealed(sealer, key.publicPart(), Kind.TOKEN_PUBLIC_KEY, id));
    }

    /** The id of the root key that seals now. */
    public long rootKeyId() {
        return root.primaryId();
    }

    private SealedValue resealed(RootKeyring.Sealer sealer, SealedValue value, Kind kind, String id) {
        return sealer.seal(opened(value, kind, id), place(kind, id));
    }

    private byte[] opened(SealedValue value, Kind kind, String id) {
        return root.open(value, place(kind, id));
    }

    private byte[] place(Kind kind, String id) {
        return new Place(NO_TENANT, kind, id, 1).associatedData(vaultId);
    }

    private static VaultException unusable(GeneralSecurityException e) {
        return new VaultException(ErrorCode.VAULT_UNAVAILABLE, "The key that signs tokens could not be used.")
                .causedBy(e);
    }
}
