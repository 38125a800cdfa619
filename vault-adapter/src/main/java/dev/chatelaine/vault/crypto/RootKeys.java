package dev.chatelaine.vault.crypto;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.util.SecretBytes;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;

/**
 * The root keys as a source hands them over: all can open, the primary seals. Opaque outside this package; immutable.
 */
public final class RootKeys {
    static final Keyset.Use<Aead> USE =
            new Keyset.Use<>(Aead.class, PredefinedAeadParameters.AES256_GCM, AeadConfig2026.get());

    private final Keyset<Aead> keyset;

    private RootKeys(Keyset<Aead> keyset) {
        this.keyset = keyset;
    }

    /** One new AES-256 key, from Tink's random generator. */
    static RootKeys generate() throws GeneralSecurityException {
        return new RootKeys(Keyset.generate(USE));
    }

    /** A Tink keyset in the cleartext JSON format, whose primary is of AES-256-GCM with Tink's output prefix. */
    static RootKeys parseJson(String json) throws GeneralSecurityException {
        try {
            return checked(
                    TinkJsonProtoKeysetFormat.parseKeyset(json, USE.configuration(), InsecureSecretKeyAccess.get()));
        } catch (RuntimeException e) {
            throw new GeneralSecurityException("not a keyset", e);
        }
    }

    /** A Tink keyset in the cleartext binary format. */
    static RootKeys parseBinary(byte[] proto) throws GeneralSecurityException {
        return checked(TinkProtoKeysetFormat.parseKeyset(proto, InsecureSecretKeyAccess.get(), USE.configuration()));
    }

    /** Raw AES-256 keys of 32 bytes, the first of which is the primary; a key's id is derived from a hash of it. */
    static RootKeys ofRaw(List<byte[]> keys) throws GeneralSecurityException {
        KeysetHandle.Builder builder = KeysetHandle.newBuilder().setConfiguration(USE.configuration());
        for (int i = 0; i < keys.size(); i++) {
            KeysetHandle.Builder.Entry entry = KeysetHandle.importKey(rawKey(keys.get(i)));
            builder.addEntry(i == 0 ? entry.makePrimary() : entry);
        }
        return new RootKeys(new Keyset<>(builder.build(), USE));
    }

    String toJson() throws GeneralSecurityException {
        return TinkJsonProtoKeysetFormat.serializeKeyset(
                keyset.handle(), USE.configuration(), InsecureSecretKeyAccess.get());
    }

    RootKeys withNewPrimary() throws GeneralSecurityException {
        return new RootKeys(keyset.withNewPrimary());
    }

    Aead aead() {
        return keyset.primitive();
    }

    /** The id of the key that seals, 0 to 2^32-1; not a secret. */
    public long primaryId() {
        return keyset.primaryId();
    }

    /** The ids of all keys, in the keyset's order; not secrets. */
    public List<Long> ids() {
        return keyset.ids();
    }

    private static RootKeys checked(KeysetHandle handle) throws GeneralSecurityException {
        if (!handle.getPrimary().getKey().getParameters().equals(USE.parameters())) {
            throw new GeneralSecurityException("the primary is not of AES-256-GCM with Tink's output prefix");
        }
        return new RootKeys(new Keyset<>(handle, USE));
    }

    @AccessesPartialKey
    private static AesGcmKey rawKey(byte[] key) throws GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(Place.lengthPrefixed(List.of("chatelaine/1", "root_key_id")));
        int id = ByteBuffer.wrap(digest.digest(key)).getInt();
        return AesGcmKey.builder()
                .setParameters(PredefinedAeadParameters.AES256_GCM)
                .setKeyBytes(SecretBytes.copyFrom(key, InsecureSecretKeyAccess.get()))
                .setIdRequirement(id)
                .build();
    }

    @Override
    public String toString() {
        return "RootKeys" + ids();
    }
}
