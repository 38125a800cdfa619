package dev.chatelaine.vault.crypto;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.Key;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Mac;
import com.google.crypto.tink.Parameters;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.stream.IntStream;

/** A Tink keyset with its primitive opened once. {@code P} is {@link Aead} or {@link Mac}. Safe for several threads. */
final class Keyset<P> {
    private final KeysetHandle handle;
    private final Use<P> use;
    private final P primitive;

    /** What a keyset is for. */
    record Use<P>(Class<P> primitive, Parameters parameters, Configuration configuration) {}

    Keyset(KeysetHandle handle, Use<P> use) throws GeneralSecurityException {
        this.handle = handle;
        this.use = use;
        this.primitive = handle.getPrimitive(use.configuration(), use.primitive());
    }

    static <P> Keyset<P> generate(Use<P> use) throws GeneralSecurityException {
        KeysetHandle.Builder.Entry entry =
                KeysetHandle.generateEntryFromParameters(use.parameters()).withRandomId();
        return built(KeysetHandle.newBuilder().addEntry(entry.makePrimary()), use);
    }

    static <P> Keyset<P> of(Key key, Use<P> use) throws GeneralSecurityException {
        return built(
                KeysetHandle.newBuilder().addEntry(KeysetHandle.importKey(key).makePrimary()), use);
    }

    static <P> Keyset<P> parse(byte[] serialized, Use<P> use) throws GeneralSecurityException {
        return new Keyset<>(
                TinkProtoKeysetFormat.parseKeyset(serialized, InsecureSecretKeyAccess.get(), use.configuration()), use);
    }

    /** The same keys and a new one, which is the primary. */
    Keyset<P> withNewPrimary() throws GeneralSecurityException {
        KeysetHandle.Builder.Entry entry =
                KeysetHandle.generateEntryFromParameters(use.parameters()).withRandomId();
        return built(KeysetHandle.newBuilder(handle).addEntry(entry.makePrimary()), use);
    }

    byte[] serialize() throws GeneralSecurityException {
        return TinkProtoKeysetFormat.serializeKeyset(handle, InsecureSecretKeyAccess.get(), use.configuration());
    }

    KeysetHandle handle() {
        return handle;
    }

    P primitive() {
        return primitive;
    }

    long primaryId() {
        return Integer.toUnsignedLong(handle.getPrimary().getId());
    }

    List<Long> ids() {
        return IntStream.range(0, handle.size())
                .mapToObj(i -> Integer.toUnsignedLong(handle.getAt(i).getId()))
                .toList();
    }

    private static <P> Keyset<P> built(KeysetHandle.Builder builder, Use<P> use) throws GeneralSecurityException {
        return new Keyset<>(builder.setConfiguration(use.configuration()).build(), use);
    }

    @Override
    public String toString() {
        return "Keyset" + ids();
    }
}
