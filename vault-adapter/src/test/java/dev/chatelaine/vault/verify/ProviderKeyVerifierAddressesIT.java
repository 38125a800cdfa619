package dev.chatelaine.vault.verify;

import static dev.chatelaine.vault.verify.VerificationStatus.UNREACHABLE;
import static dev.chatelaine.vault.verify.VerificationStatus.VALID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.chatelaine.vault.ErrorCode;
import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.provider.Catalog;
import dev.chatelaine.vault.provider.EndpointPolicy;
import dev.chatelaine.vault.provider.PrivateEndpoints;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses a verifier connects to. */
class ProviderKeyVerifierAddressesIT {
    private final Catalog catalog = Catalog.builtIn();
    private final EndpointPolicy localUser = new EndpointPolicy(true, PrivateEndpoints.none());

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "10.0.0.1", "169.254.169.254"})
    void aHostThatResolvesToAPrivateAddressIsNotConnectedTo(String address) throws IOException {
        EndpointPolicy policy = new EndpointPolicy(false, PrivateEndpoints.none());
        try (ScriptedServer server = ScriptedServer.answering(200, "", "{}");
                ProviderKeyVerifier remote =
                        verifier(policy, host -> List.of(InetAddress.getByName(address)), Duration.ofSeconds(10))) {
            URI url = URI.create("https://llm.example.com:" + server.port() + "/v1");

            assertThatExceptionOfType(VaultException.class)
                    .isThrownBy(() -> remote.verify(catalog.provider("openai"), url, key()))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.BASE_URL_REFUSED))
                    .satisfies(e -> assertThat(e).hasMessageNotContaining("canary"));
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void oneRefusedAddressAmongGoodOnesRefusesTheHost() throws IOException {
        try (ScriptedServer server = ScriptedServer.answering(200, "", "{}");
                ProviderKeyVerifier local = verifier(
                        localUser,
                        host -> List.of(InetAddress.getLoopbackAddress(), InetAddress.getByName("10.0.0.1")),
                        Duration.ofSeconds(10))) {
            assertThatExceptionOfType(VaultException.class)
                    .isThrownBy(() -> local.verify(
                            catalog.provider("openai"), URI.create("http://localhost:" + server.port()), key()));
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void theConnectionGoesToTheAddressThatWasChecked() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        EndpointPolicy policy = new EndpointPolicy(false, PrivateEndpoints.parse("llm.internal"));
        HostResolver rebinding =
                host -> List.of(InetAddress.getByName(asked.incrementAndGet() == 1 ? "127.0.0.1" : "169.254.169.254"));
        try (ScriptedServer server = ScriptedServer.answering(200, "", "{}");
                ProviderKeyVerifier remote = verifier(policy, rebinding, Duration.ofSeconds(10))) {
            URI url = URI.create("http://llm.internal:" + server.port() + "/v1");

            assertThat(remote.verify(catalog.provider("openai"), url, key())).isEqualTo(VALID);
            assertThat(asked).hasValue(1);
            assertThat(server.requests().get(0)).contains("Host: llm.internal:" + server.port());
        }
    }

    @Test
    void anUnknownHostAndASlowNameServerAreUnreachable() {
        CountDownLatch never = new CountDownLatch(1);
        HostResolver unknown = host -> {
            throw new UnknownHostException(host);
        };
        HostResolver slow = host -> {
            awaitQuietly(never);
            return List.of();
        };
        URI url = URI.create("https://llm.example.com/v1");
        EndpointPolicy policy = new EndpointPolicy(false, PrivateEndpoints.none());
        try (ProviderKeyVerifier one = verifier(policy, unknown, Duration.ofSeconds(10));
                ProviderKeyVerifier two = verifier(policy, slow, Duration.ofMillis(300))) {
            assertThat(one.verify(catalog.provider("openai"), url, key())).isEqualTo(UNREACHABLE);
            assertThat(two.verify(catalog.provider("openai"), url, key())).isEqualTo(UNREACHABLE);
        } finally {
            never.countDown();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aUrlThatThePolicyRefusesIsNotAsked() {
        try (ProviderKeyVerifier verifier = verifier(localUser, HostResolver.system(), Duration.ofSeconds(10))) {
            assertThatExceptionOfType(VaultException.class)
                    .isThrownBy(() -> verifier.verify(
                            catalog.provider("openai"), URI.create("http://llm.example.com/v1"), key()));
        }
    }

    private static SecretValue key() {
        return SecretValue.of("sk-canary0123456789");
    }

    private static ProviderKeyVerifier verifier(EndpointPolicy policy, HostResolver resolver, Duration total) {
        return new ProviderKeyVerifier(policy, resolver, total, total);
    }
}
