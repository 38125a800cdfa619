package dev.chatelaine.http.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatelaine.http.TestServer;
import dev.chatelaine.http.server.HttpOptions.Listener;
import dev.chatelaine.http.server.HttpOptions.TlsFiles;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.Role;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsIT {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void servesWithACertificateAndKeyFromPemFiles(String algorithm) throws Exception {
        TestCertificate certificate = TestCertificate.in(folder, algorithm);
        try (TestServer server = TestServer.start(options(certificate.files()), List.of(), List.of())) {
            URI address = server.server().address();
            HttpResponse<String> answer = HttpClient.newBuilder()
                    .sslContext(certificate.trusted())
                    .build()
                    .send(HttpRequest.newBuilder(address.resolve("/healthz")).build(), BodyHandlers.ofString());

            assertThat(address.getScheme()).isEqualTo("https");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Strict-Transport-Security")).isPresent();
        }
    }

    @Test
    void aKeyThatIsNotInPkcs8IsRefusedWithTheCommandThatMakesIt() throws Exception {
        TlsFiles files = TestCertificate.in(folder, "RSA").files();
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
                new Listener("127.0.0.1", 0), HttpOptions.LOOPBACK_HOSTS, Set.of(), files, null, Promises.LIMITS);
    }
}
