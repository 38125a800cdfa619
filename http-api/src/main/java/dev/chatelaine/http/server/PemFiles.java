package dev.chatelaine.http.server;

import dev.chatelaine.http.server.HttpOptions.TlsFiles;
import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads certificate and key from PEM (RFC 7468) into a key store that is in memory only. */
final class PemFiles {
    /** The key store is never written, so its password keeps nothing. */
    static final String PASSWORD = "in-memory";

    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    private PemFiles() {}

    /**
     * The key store with this certificate and its key.
     *
     * @throws VaultException {@code invalid_field} when a file cannot be read or is not what it should be
     */
    static KeyStore keyStore(TlsFiles files) {
        try {
            Certificate[] chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(files.certificates())))
                    .toArray(Certificate[]::new);
            if (chain.length == 0) {
                throw unusable(files.certificates());
            }
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", key(files.key(), chain[0]), PASSWORD.toCharArray(), chain);
            return store;
        } catch (IOException | GeneralSecurityException e) {
            throw unusable(files.certificates()).causedBy(e);
        }
    }

    /** The key is of the certificate's kind: RSA, EC or EdDSA. */
    private static PrivateKey key(Path file, Certificate certificate) throws GeneralSecurityException {
        try {
            Matcher pem = PKCS8.matcher(Files.readString(file, StandardCharsets.US_ASCII));
            if (!pem.find()) {
                throw unusableKey(file);
            }
            byte[] encoded = Base64.getMimeDecoder().decode(pem.group(1));
            return KeyFactory.getInstance(certificate.getPublicKey().getAlgorithm())
                    .generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (IOException | InvalidKeySpecException e) {
            throw unusableKey(file).causedBy(e);
        }
    }

    private static VaultException unusable(Path file) {
        return new VaultException(
                ErrorCode.INVALID_FIELD,
                "The certificate file {} cannot be used. It is PEM, the server's certificate first, and readable.",
                file);
    }

    private static VaultException unusableKey(Path file) {
        return new VaultException(
                        ErrorCode.INVALID_FIELD,
                        "The key file {} cannot be used. It is the certificate's private key in PEM, as PKCS#8 without a"
                                + " password, and readable.",
                        file)
                .withNext("openssl pkcs8 -topk8 -nocrypt -in old.key -out " + file.getFileName());
    }
}
