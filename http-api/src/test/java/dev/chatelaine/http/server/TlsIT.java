package dev.chatelaine.http.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatelaine.http.TestServer;
import dev.chatelaine.http.server.HttpOptions.Listener;
import dev.chatelaine.http.server.HttpOptions.TlsFiles;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.Role;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsIT {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void servesWithACertificateAndKeyFromPemFiles(String algorithm) throws Exception {
        KeyStore keys = selfSigned(algorithm);
        try (TestServer server = TestServer.start(options(pem(keys)), List.of(), List.of())) {
            URI address = server.server().address();
            HttpResponse<String> answer = trusting(keys)
                    .send(HttpRequest.newBuilder(address.resolve("/healthz")).build(), BodyHandlers.ofString());

            assertThat(address.getScheme()).isEqualTo("https");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Strict-Transport-Security")).isPresent();
        }
    }

    @Test
    void aKeyThatIsNotInPkcs8IsRefusedWithTheCommandThatMakesIt() throws Exception {
        TlsFiles files = pem(selfSigned("RSA"));
        Files.writeString(files.key(), "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n");

        assertThatThrownBy(() -> new ChatelaineServer(
                        options(files),
                        List.of(),
                        List.of(),
                        credentials -> TestServer.actor("acme", Role.OWNER),
                        new SecureRandom()))
                .isInstanceOfSatisfying(
                        VaultException.class, e -> assertThat(e.next()).startsWith("openssl pkcs8"));
    }

    private static HttpOptions options(TlsFiles files) {
        return new HttpOptions(
                new Listener("127.0.0.1", 0), HttpOptions.LOOPBACK_HOSTS, Set.of(), files, null, TestServer.QUICK);
    }

    private KeyStore selfSigned(String algorithm) throws Exception {
        Path store = folder.resolve(algorithm + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        algorithm,
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }

    private TlsFiles pem(KeyStore keys) throws Exception {
        return new TlsFiles(
                file("CERTIFICATE", keys.getCertificate("server").getEncoded()),
                file("PRIVATE KEY", keys.getKey("server", PASSWORD).getEncoded()));
    }

    private Path file(String label, byte[] der) throws Exception {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return Files.writeString(
                folder.resolve(label.replace(' ', '-') + ".pem"),
                "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n");
    }

    private static HttpClient trusting(KeyStore keys) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", keys.getCertificate("server"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }
}
