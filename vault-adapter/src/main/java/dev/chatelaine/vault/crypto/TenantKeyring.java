package dev.chatelaine.vault.crypto;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Mac;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.mac.MacConfig2026;
import com.google.crypto.tink.mac.PredefinedMacParameters;
import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;

/**
 * One tenant's keys, opened once: seals and opens that tenant's values, each in its place, and authenticates its
 * audit chain. Immutable and safe for several threads.
 */
public final class TenantKeyring {
    static final Keyset.Use<Aead> VALUES =
            new Keyset.Use<>(Aead.class, PredefinedAeadParameters.AES256_GCM, AeadConfig2026.get());
    static final Keyset.Use<Mac> AUDIT =
            new Keyset.Use<>(Mac.class, PredefinedMacParameters.HMAC_SHA256_256BITTAG, MacConfig2026.get());

    private final String vaultId;
    private final Keyset<Aead> values;
    private final Keyset<Mac> audit;

    TenantKeyring(String vaultId, Keyset<Aead> values, Keyset<Mac> audit) {
        this.vaultId = vaultId;
        this.values = values;
        this.audit = audit;
    }

    /** Seals a value for its place with the primary key. */
    public SealedValue seal(SecretValue value, Place place) {
        return sealBytes(value.bytes(), place);
    }

    /**
     * Opens a value in its place.
     *
     * @throws VaultException {@code integrity_failed} when a bit of it was changed or it was sealed for another place
     */
    public SecretValue open(SealedValue sealed, Place place) {
        return SecretValue.ofUtf8(openBytes(sealed, place));
    }

    /** Opens a value in one place and seals it for another, or for the same one with the present primary key. */
    public SealedValue reseal(SealedValue sealed, Place from, Place to) {
        return sealBytes(openBytes(sealed, from), to);
    }

    /** As {@link #reseal(SealedValue, Place, Place)}, for several places; the value is opened once. */
    public List<SealedValue> reseal(PlacedValue value, List<Place> to) {
        byte[] plaintext = openBytes(value.sealed(), value.place());
        return to.stream().map(place -> sealBytes(plaintext, place)).toList();
    }

    /**
     * Opens a value in its place and forgets it at once.
     *
     * @throws VaultException {@code integrity_failed} as {@link #open} does
     */
    public void prove(SealedValue sealed, Place place) {
        Arrays.fill(openBytes(sealed, place), (byte) 0);
    }

    /** The id of the key that seals values, 0 to 2^32-1. */
    public long primaryKeyId() {
        return values.primaryId();
    }

    /** HMAC-SHA-256 over length-prefixed fields, with Tink's prefix: 37 bytes. */
    public byte[] authenticate(List<String> fields) {
        try {
            return audit.primitive().computeMac(Place.lengthPrefixed(fields));
        } catch (GeneralSecurityException e) {
            throw new VaultException(ErrorCode.VAULT_UNAVAILABLE, "The audit key could not be used.").causedBy(e);
        }
    }

    /** Whether the code was made for these fields by one of the tenant's keys. */
    public boolean isAuthentic(byte[] mac, List<String> fields) {
        try {
            audit.primitive().verifyMac(mac, Place.lengthPrefixed(fields));
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    Keyset<Aead> values() {
        return values;
    }

    Keyset<Mac> audit() {
        return audit;
    }

    private SealedValue sealBytes(byte[] plaintext, Place place) {
        try {
            return new SealedValue(values.primitive().encrypt(plaintext, place.associatedData(vaultId)));
        } catch (GeneralSecurityException e) {
            throw new VaultException(ErrorCode.VAULT_UNAVAILABLE, "The tenant's key could not seal.").causedBy(e);
        }
    }

    private byte[] openBytes(SealedValue sealed, Place place) {
        try {
            return values.primitive().decrypt(sealed.bytes(), place.associatedData(vaultId));
        } catch (GeneralSecurityException e) {
            throw SealedValue.damaged();
        }
    }
}
