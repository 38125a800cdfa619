package dev.chatelaine.gateway.upstream;

import static dev.chatelaine.gateway.upstream.UpstreamFixture.LONG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chatelaine.gateway.failure.FailureCategory;
import dev.chatelaine.vault.provider.EndpointPolicy;
import dev.chatelaine.vault.provider.PrivateEndpoints;
import dev.chatelaine.vault.verify.HostResolver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the client connects to. */
class UpstreamAddressesIT {
    private static final EndpointPolicy REMOTE = new EndpointPolicy(false, PrivateEndpoints.none());
    private static final EndpointPolicy LISTED = new EndpointPolicy(false, PrivateEndpoints.parse("llm.internal"));

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsNotFollowed(int status) throws IOException {
        String location = "Location: http://169.254.169.254/latest/meta-data/\r\n";
        try (RawServer server = RawServer.answering(status, location, "{}");
                Client client = new Client(new EndpointPolicy(true, PrivateEndpoints.none()), HostResolver.system())) {
            assertThat(client.failure(server.url())).isEqualTo(FailureCategory.REDIRECTED);
            assertThat(server.exchanges()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "fd00::1"})
    void aHostThatResolvesToAPrivateAddressIsNotConnectedTo(String address) throws IOException {
        try (RawServer server = RawServer.answering(200, "", "{}");
                Client client = new Client(REMOTE, host -> List.of(InetAddress.getByName(address)))) {
            URI url = URI.create("https://llm.example.com:" + server.port() + "/v1");

            assertThat(client.failure(url)).isEqualTo(FailureCategory.ENDPOINT_REFUSED);
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void aNameThatResolvesElsewhereTheSecondTimeGainsNothing() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        HostResolver rebinding =
                host -> List.of(InetAddress.getByName(asked.incrementAndGet() == 1 ? "127.0.0.1" : "169.254.169.254"));
        try (RawServer server = RawServer.doing(exchange -> {
                    exchange.answer(200, "Connection: close\r\n", "{}");
                    exchange.close();
                });
                Client client = new Client(LISTED, rebinding)) {
            URI url = URI.create("http://llm.internal:" + server.port() + "/v1");

            assertThat(client.ask(url)).isInstanceOf(UpstreamAnswer.Whole.class);
            assertThat(asked).hasValue(1);
            assertThat(server.exchanges().get(0).head()).contains("Host: llm.internal:" + server.port());
            assertThat(client.failure(url)).isEqualTo(FailureCategory.ENDPOINT_REFUSED);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://llm.example.com/v1",
                "https://127.0.0.1/v1",
                "https://[::1]/v1",
                "https://169.254.169.254/latest",
                "https://user@llm.example.com",
                "ftp://llm.example.com"
            })
    void aUrlThatThePolicyRefusesIsNotAsked(String url) {
        AtomicInteger asked = new AtomicInteger();
        HostResolver counting = host -> {
            asked.incrementAndGet();
            return List.of();
        };
        try (Client client = new Client(REMOTE, counting)) {
            assertThat(client.failure(URI.create(url))).isEqualTo(FailureCategory.ENDPOINT_REFUSED);
            assertThat(asked).hasValue(0);
        }
    }

    @Test
    void aHostThatNobodyKnowsIsUnreachable() {
        HostResolver unknown = host -> {
            throw new UnknownHostException(host);
        };
        try (Client client = new Client(REMOTE, unknown)) {
            assertThat(client.failure(URI.create("https://llm.example.com"))).isEqualTo(FailureCategory.UNREACHABLE);
        }
    }

    private static final class Client implements AutoCloseable {
        private final UpstreamFixture fixture;

        Client(EndpointPolicy policy, HostResolver resolver) {
            fixture = new UpstreamFixture(UpstreamLimits.DEFAULT, policy, resolver);
        }

        UpstreamAnswer ask(URI url) {
            return java.util.Objects.requireNonNull(fixture.client()
                    .send(UpstreamFixture.request("openai", url), UpstreamFixture.soon())
                    .block(LONG));
        }

        FailureCategory failure(URI url) {
            return UpstreamFixture.thrown(() -> ask(url)).category();
        }

        @Override
        public void close() {
            fixture.client().close();
        }
    }
}
