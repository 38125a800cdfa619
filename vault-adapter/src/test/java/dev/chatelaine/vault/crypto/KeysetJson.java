package dev.chatelaine.vault.crypto;

import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Parameters;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.security.GeneralSecurityException;

/** Tink keysets, some of which are no root keys. */
final class KeysetJson {
    private KeysetJson() {}

    static String good() throws GeneralSecurityException {
        return json(PredefinedAeadParameters.AES256_GCM, RootKeys.USE.configuration());
    }

    static byte[] goodBinary() throws GeneralSecurityException {
        return TinkProtoKeysetFormat.serializeKeyset(
                handle(PredefinedAeadParameters.AES256_GCM, RootKeys.USE.configuration()),
                InsecureSecretKeyAccess.get(),
                RootKeys.USE.configuration());
    }

    static String mac() throws GeneralSecurityException {
        return json(TenantKeyring.AUDIT.parameters(), TenantKeyring.AUDIT.configuration());
    }

    static String aes128() throws GeneralSecurityException {
        return json(PredefinedAeadParameters.AES128_GCM, RootKeys.USE.configuration());
    }

    static String withoutPrefix() throws GeneralSecurityException {
        return json(
                AesGcmParameters.builder()
                        .setKeySizeBytes(32)
                        .setIvSizeBytes(12)
                        .setTagSizeBytes(16)
                        .setVariant(AesGcmParameters.Variant.NO_PREFIX)
                        .build(),
                RootKeys.USE.configuration());
    }

    private static String json(Parameters parameters, Configuration configuration) throws GeneralSecurityException {
        return TinkJsonProtoKeysetFormat.serializeKeyset(
                handle(parameters, configuration), configuration, InsecureSecretKeyAccess.get());
    }

    private static KeysetHandle handle(Parameters parameters, Configuration configuration)
            throws GeneralSecurityException {
        return KeysetHandle.newBuilder()
                .addEntry(KeysetHandle.generateEntryFromParameters(parameters)
                        .withRandomId()
                        .makePrimary())
                .setConfiguration(configuration)
                .build();
    }
}
