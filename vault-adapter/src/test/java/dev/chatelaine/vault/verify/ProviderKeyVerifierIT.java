package dev.chatelaine.vault.verify;

import static dev.chatelaine.vault.verify.VerificationStatus.INVALID;
import static dev.chatelaine.vault.verify.VerificationStatus.UNREACHABLE;
import static dev.chatelaine.vault.verify.VerificationStatus.UNSUPPORTED;
import static dev.chatelaine.vault.verify.VerificationStatus.VALID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.provider.Catalog;
import dev.chatelaine.vault.provider.EndpointPolicy;
import dev.chatelaine.vault.provider.PrivateEndpoints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderKeyVerifierIT {
    private static final String CANARY = "sk-canary0123456789";
    private static final String GOOGLE_REFUSAL =
            "[{\"error\":{\"code\":400,\"details\":[{\"reason\":\"API_KEY_INVALID\"}]}}]";
    private static final String XAI_REFUSAL = "{\"error\":\"Incorrect API key provided: sk***89.\"}";

    private final Catalog catalog = Catalog.builtIn();
    private final EndpointPolicy localUser = new EndpointPolicy(true, PrivateEndpoints.none());
    private final ProviderKeyVerifier verifier = verifier(localUser, HostResolver.system(), Duration.ofSeconds(10));
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final PrintStream stderr = System.err;

    @BeforeEach
    void listenToTheLog() {
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void theKeyIsInNoLog() {
        System.setErr(stderr);
        verifier.close();
        assertThat(log.toString(StandardCharsets.UTF_8)).doesNotContain("canary");
    }

    @ParameterizedTest
    @CsvSource({
        "200, VALID",
        "401, INVALID",
        "403, INVALID",
        "400, UNREACHABLE",
        "404, UNREACHABLE",
        "402, UNREACHABLE",
        "408, UNREACHABLE",
        "407, UNREACHABLE",
        "429, UNREACHABLE",
        "500, UNREACHABLE",
        "503, UNREACHABLE",
        "204, UNREACHABLE",
        "304, UNREACHABLE"
    })
    void theStatusSaysWhatTheKeyIs(int status, VerificationStatus said) throws IOException {
        try (ScriptedServer server = ScriptedServer.answering(status, "", status == 204 || status == 304 ? "" : "{}")) {
            assertThat(verify("openai", server.url())).isEqualTo(said);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void theKeyIsABearerTokenOfAPlainRequest() throws IOException {
        try (ScriptedServer server = ScriptedServer.answering(200, "Set-Cookie: a=b\r\n", "{}")) {
            verify("openai", server.url());
            verify("openai", server.url());

            assertThat(server.requests())
                    .hasSize(2)
                    .allSatisfy(head -> assertThat(head)
                            .startsWith("GET /v1/models HTTP/1.1\r\n")
                            .contains("Authorization: Bearer " + CANARY + "\r\n")
                            .contains("Host: 127.0.0.1:" + server.port() + "\r\n")
                            .doesNotContain("Cookie")
                            .doesNotContain("Accept-Encoding")
                            .doesNotContain("x-api-key"));
        }
    }

    @Test
    void anthropicIsAskedInItsOwnWay() throws IOException {
        try (ScriptedServer server = ScriptedServer.answering(200, "", "{}")) {
            assertThat(verify("anthropic", server.url())).isEqualTo(VALID);

            assertThat(server.requests().get(0))
                    .contains("x-api-key: " + CANARY + "\r\n")
                    .contains("anthropic-version: 2023-06-01\r\n")
                    .doesNotContain("Authorization");
        }
    }

    @Test
    void withoutAKeyNoneIsSent() throws IOException {
        try (ScriptedServer server = ScriptedServer.answering(200, "", "{}")) {
            assertThat(verifier.verify(catalog.provider("ollama"), server.url(), null))
                    .isEqualTo(VALID);

            assertThat(server.requests().get(0)).doesNotContain("Authorization");
        }
    }

    @Test
    void aRefusalInTheBodyOfA400CountsForTheProvidersThatDoSo() throws IOException {
        assertThat(answer400("google", GOOGLE_REFUSAL)).isEqualTo(INVALID);
        assertThat(answer400("grok", XAI_REFUSAL)).isEqualTo(INVALID);
        assertThat(answer400("google", "{\"error\":\"bad request\"}")).isEqualTo(UNREACHABLE);
        assertThat(answer400("openai", GOOGLE_REFUSAL)).isEqualTo(UNREACHABLE);
        assertThat(answer400("google", " ".repeat(300_000) + GOOGLE_REFUSAL)).isEqualTo(UNREACHABLE);
    }

    @Test
    void aChallengeOrACompressedBodyChangesNothing() throws IOException {
        try (ScriptedServer server = ScriptedServer.answering(401, "WWW-Authenticate: Basic realm=\"a\"\r\n", "no");
                ScriptedServer packed = ScriptedServer.answering(200, "Content-Encoding: gzip\r\n", "not gzip")) {
            assertThat(verify("openai", server.url())).isEqualTo(INVALID);
            assertThat(verify("openai", packed.url())).isEqualTo(VALID);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsNotFollowed(int status) throws IOException {
        try (ScriptedServer elsewhere = ScriptedServer.answering(200, "", "{}");
                ScriptedServer server =
                        ScriptedServer.answering(status, "Location: " + elsewhere.url() + "/models\r\n", "")) {
            assertThat(verify("openai", server.url())).isEqualTo(UNREACHABLE);

            assertThat(server.requests()).hasSize(1);
            assertThat(elsewhere.connections()).isZero();
        }
    }

    @Test
    void aServerThatNeverAnswersIsGivenUp() throws IOException {
        try (ScriptedServer server = ScriptedServer.doing(socket -> {});
                ProviderKeyVerifier hasty = verifier(localUser, HostResolver.system(), Duration.ofMillis(300))) {
            assertThat(hasty.verify(catalog.provider("openai"), server.url(), key()))
                    .isEqualTo(UNREACHABLE);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aServerThatStopsInItsHeadersIsGivenUp() throws IOException {
        try (ScriptedServer server =
                        ScriptedServer.doing(socket -> ScriptedServer.write(socket, "HTTP/1.1 200 OK\r\nA: b\r\n"));
                ProviderKeyVerifier hasty = verifier(localUser, HostResolver.system(), Duration.ofMillis(300))) {
            assertThat(hasty.verify(catalog.provider("openai"), server.url(), key()))
                    .isEqualTo(UNREACHABLE);
        }
    }

    @Test
    void aBodyThatStopsIsNotWaitedFor() throws IOException {
        String head = "Content-Length: 100\r\n\r\n{";
        try (ScriptedServer good =
                        ScriptedServer.doing(socket -> ScriptedServer.write(socket, "HTTP/1.1 200 OK\r\n" + head));
                ScriptedServer vague =
                        ScriptedServer.doing(socket -> ScriptedServer.write(socket, "HTTP/1.1 400 No\r\n" + head));
                ProviderKeyVerifier hasty = verifier(localUser, HostResolver.system(), Duration.ofMillis(300))) {
            assertThat(verify("openai", good.url())).isEqualTo(VALID);
            assertThat(hasty.verify(catalog.provider("google"), vague.url(), key()))
                    .isEqualTo(UNREACHABLE);
        }
    }

    @Test
    void anEndlessBodyIsCutShort() throws IOException, InterruptedException {
        CountDownLatch cut = new CountDownLatch(2);
        ScriptedServer.Script flood = socket -> flood(socket, cut);
        try (ScriptedServer good = ScriptedServer.doing(socket -> {
                    ScriptedServer.write(socket, "HTTP/1.1 200 OK\r\n\r\n");
                    flood.play(socket);
                });
                ScriptedServer vague = ScriptedServer.doing(socket -> {
                    ScriptedServer.write(socket, "HTTP/1.1 400 No\r\n\r\n");
                    flood.play(socket);
                })) {
            assertThat(verify("openai", good.url())).isEqualTo(VALID);
            assertThat(verify("google", vague.url())).isEqualTo(UNREACHABLE);
            assertThat(cut.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static void flood(Socket socket, CountDownLatch cut) {
        String block = "x".repeat(65_536);
        try {
            for (int i = 0; i < 10 * 16; i++) {
                ScriptedServer.write(socket, block);
            }
        } catch (IOException e) {
            cut.countDown();
        }
    }

    @Test
    void aTenMebibyteBodyDoesNoHarm() throws IOException {
        try (ScriptedServer server = ScriptedServer.answering(200, "", "x".repeat(10 << 20))) {
            assertThat(verify("openai", server.url())).isEqualTo(VALID);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1", "SSH-2.0-OpenSSH\r\n\r\n", "HTTP/1.1 200 OK\r\nbroken header\r\n\r\n"})
    void aServerThatClosesOrTalksNonsenseIsUnreachable(String said) throws IOException {
        try (ScriptedServer server = ScriptedServer.doing(socket -> {
            ScriptedServer.write(socket, said);
            socket.close();
        })) {
            assertThat(verify("openai", server.url())).isEqualTo(UNREACHABLE);
        }
    }

    @Test
    void aResetOrRefusedConnectionIsUnreachable() throws IOException {
        URI nobody;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + closed.getLocalPort());
        }
        try (ScriptedServer server = ScriptedServer.doing(socket -> {
            socket.setSoLinger(true, 0);
            socket.close();
        })) {
            assertThat(verify("openai", server.url())).isEqualTo(UNREACHABLE);
        }
        assertThat(verify("openai", nobody)).isEqualTo(UNREACHABLE);
    }

    @Test
    void enormousHeadersAreUnreachable() throws IOException {
        try (ScriptedServer server = ScriptedServer.answering(200, "A: " + "b".repeat(1 << 20) + "\r\n", "{}")) {
            assertThat(verify("openai", server.url())).isEqualTo(UNREACHABLE);
        }
    }

    @Test
    void aCertificateThatNobodyTrustsIsUnreachable(@TempDir Path directory) throws Exception {
        ScriptedServer.Script script = socket -> ScriptedServer.write(socket, "HTTP/1.1 200 OK\r\n\r\n");
        try (ScriptedServer server = ScriptedServer.on(SelfSigned.listener(directory), script)) {
            URI https = URI.create("https://localhost:" + server.port());

            assertThat(verify("openai", https)).isEqualTo(UNREACHABLE);
            assertThat(server.connections()).isPositive();
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void aKeyThatNoHeaderCanCarryIsInvalidAndNotSent() throws IOException {
        try (ScriptedServer server = ScriptedServer.answering(200, "", "{}")) {
            SecretValue smuggling = SecretValue.of("canary\r\nX-Injected: yes");

            assertThat(verifier.verify(catalog.provider("custom"), server.url(), smuggling))
                    .isEqualTo(INVALID);
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void aProviderWithoutAModelsListIsNotAsked(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("c.yaml"), "providers:\n  openai: { models_list: false }\n");
        try (ScriptedServer server = ScriptedServer.answering(200, "", "{}")) {
            assertThat(verifier.verify(Catalog.load(file).provider("openai"), server.url(), key()))
                    .isEqualTo(UNSUPPORTED);
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void itsThreadsStartWithTheFirstQuestionKeepNothingAliveAndEndWithIt() throws IOException {
        assertThat(threads()).isEmpty();
        try (ScriptedServer server = ScriptedServer.answering(200, "", "{}")) {
            verify("openai", server.url());
        }
        assertThat(threads()).isNotEmpty().allMatch(Thread::isDaemon);

        verifier.close();

        assertThat(threads()).isEmpty();
        verifier.close();
        assertThatIllegalStateException().isThrownBy(() -> verify("openai", URI.create("http://localhost:1")));
    }

    private static List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().toLowerCase(Locale.ROOT).contains("key-verifier"))
                .filter(Thread::isAlive)
                .toList();
    }

    private VerificationStatus answer400(String provider, String body) throws IOException {
        try (ScriptedServer server = ScriptedServer.answering(400, "", body)) {
            return verify(provider, server.url());
        }
    }

    private VerificationStatus verify(String provider, URI url) {
        return verifier.verify(catalog.provider(provider), url, key());
    }

    private static SecretValue key() {
        return SecretValue.of(CANARY);
    }

    private static ProviderKeyVerifier verifier(EndpointPolicy policy, HostResolver resolver, Duration total) {
        return new ProviderKeyVerifier(policy, resolver, total, total);
    }
}
