package dev.chatelaine.mcp.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatelaine.http.EventsClient;
import dev.chatelaine.http.server.HttpOptions.TlsFiles;
import dev.chatelaine.mcp.serve.Served.WayIn;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.access.Role;
import io.modelcontextprotocol.client.McpSyncClient;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** MCP over TLS from PEM files, made as {@code keytool} makes them. */
class TlsServiceIT {
    private static final String PASSWORD = "changeit";

    @TempDir
    private Path folder;

    private KeyStore keys;
    private TlsFiles files;

    @BeforeEach
    void makeKeys() throws Exception {
        keys = selfSigned();
        files = new TlsFiles(
                pem("CERTIFICATE", keys.getCertificate("server").getEncoded()),
                pem("PRIVATE KEY", keys.getKey("server", PASSWORD.toCharArray()).getEncoded()));
    }

    @ParameterizedTest
    @EnumSource
    void theToolsWorkOverTls(WayIn way) throws Exception {
        try (Served served = Served.withTls(folder.resolve("home"), files);
                McpSyncClient client = served.client(way, served.token("acme", "ada", Role.VIEWER), trusting())) {
            assertThat(served.service().publicUrl().getScheme()).isEqualTo("https");
            client.initialize();
            assertThat(Served.call(client, "manage_secrets", Map.of("action", "list"))
                            .isError())
                    .isNotEqualTo(true);
        }
    }

    @Test
    void aRuntimeIsToldOfNewValuesOverTls() throws Exception {
        HttpClient client = trusting().build();
        try (Served served = Served.withTls(folder.resolve("home"), files)) {
            String token = served.token("acme", "ada", Role.OWNER);
            sent(client, served, token, "POST", "/v1/tenants/me/secrets", """
                    {"name": "bot", "values": {"KEY": "first-value"}}""");
            JsonNode session =
                    sent(client, served, token, "POST", "/v1/sessions", """
                    {"agent": {"kind": "a"}, "secrets": ["bot"]}""").path("runtime");
            String events = session.path("events_url").asString();

            assertThat(events).startsWith("wss://127.0.0.1:");
            try (EventsClient runtime =
                    new EventsClient(client, events, session.path("token").asString())) {
                assertThat(runtime.told()).isEqualTo("hello 1");
                sent(client, served, token, "PUT", "/v1/tenants/me/secrets/bot", """
                        {"values": {"KEY": "second-value"}}""");
                assertThat(runtime.told()).isEqualTo("config_update [KEY] 2");
            }
        }
    }

    private static JsonNode sent(
            HttpClient client, Served served, String token, String method, String path, String body) throws Exception {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(served.address(path))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
        return JsonMapper.shared().readTree(answer.body());
    }

    @Test
    void aCertificateThatCannotBeUsedStopsTheStartAndLeavesNothingOpen() throws Exception {
        Files.writeString(files.certificates(), "no certificate");

        assertThatThrownBy(() -> Served.withTls(folder.resolve("home"), files))
                .isInstanceOf(VaultException.class)
                .hasMessageContaining("CERTIFICATE.pem");
    }

    private HttpClient.Builder trusting() throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", keys.getCertificate("server"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context);
    }

    private KeyStore selfSigned() throws Exception {
        Path store = folder.resolve("keys.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process made = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(made.waitFor()).as(said).isZero();
        KeyStore loaded = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            loaded.load(in, PASSWORD.toCharArray());
        }
        return loaded;
    }

    private Path pem(String label, byte[] der) throws Exception {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return Files.writeString(
                folder.resolve(label.replace(' ', '-') + ".pem"),
                "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n");
    }
}
