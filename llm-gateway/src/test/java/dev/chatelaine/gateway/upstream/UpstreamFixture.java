package dev.chatelaine.gateway.upstream;

import dev.chatelaine.gateway.failure.FailureCategory;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.provider.Catalog;
import dev.chatelaine.vault.provider.EndpointPolicy;
import dev.chatelaine.vault.provider.PrivateEndpoints;
import dev.chatelaine.vault.verify.HostResolver;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import reactor.core.publisher.Flux;

/** A client for one test, with what it takes to ask. */
final class UpstreamFixture implements AfterEachCallback {
    static final String CANARY = "sk-canary-0123456789abcdef";
    static final SecretValue KEY = SecretValue.of(CANARY);
    static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    static final Duration LONG = Duration.ofSeconds(30);
    static final Duration SHORT = Duration.ofMillis(300);

    private static final Catalog CATALOG = Catalog.builtIn();

    private final UpstreamClient client;

    private UpstreamFixture(UpstreamLimits limits) {
        this(limits, new EndpointPolicy(true, PrivateEndpoints.none()), HostResolver.system());
    }

    UpstreamFixture(UpstreamLimits limits, EndpointPolicy policy, HostResolver resolver) {
        this.client = new UpstreamClient(policy, resolver, limits, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    static UpstreamFixture patient() {
        return new UpstreamFixture(limits(LONG, LONG));
    }

    static UpstreamFixture with(UpstreamLimits limits) {
        return new UpstreamFixture(limits);
    }

    static UpstreamLimits limits(Duration firstByte, Duration idle) {
        return new UpstreamLimits(LONG, firstByte, idle, 1 << 20, 64 << 10, 16 << 10, 2_000);
    }

    UpstreamClient client() {
        return client;
    }

    static UpstreamRequest request(String provider, URI url) {
        byte[] body = "{\"model\":\"m\",\"messages\":[]}".getBytes(StandardCharsets.UTF_8);
        return new UpstreamRequest(CATALOG.provider(provider), url, "/chat/completions", body, KEY);
    }

    static Deadline soon() {
        return Deadline.after(LONG);
    }

    UpstreamAnswer ask(RawServer server) {
        return ask("openai", server);
    }

    UpstreamAnswer ask(String provider, RawServer server) {
        return Objects.requireNonNull(
                client.send(request(provider, server.url()), soon()).block(LONG));
    }

    List<UpstreamEvent> events(RawServer server) {
        return Objects.requireNonNull(
                each((UpstreamAnswer.Events) ask(server)).collectList().block(LONG));
    }

    /** A stream's events one by one. */
    static Flux<UpstreamEvent> each(UpstreamAnswer.Events answer) {
        return answer.events().concatMapIterable(events -> events, 1);
    }

    UpstreamException failure(RawServer server) {
        return failure("openai", server);
    }

    UpstreamException failure(String provider, RawServer server) {
        return thrown(() -> ask(provider, server));
    }

    /** How a stream fails after its first event. */
    FailureCategory breaks(RawServer server) {
        UpstreamAnswer.Events answer = (UpstreamAnswer.Events) ask(server);
        AtomicReference<UpstreamEvent> first = new AtomicReference<>();
        UpstreamException failure = thrown(() ->
                each(answer).doOnNext(event -> first.compareAndSet(null, event)).blockLast(LONG));
        Objects.requireNonNull(first.get(), "an event came first");
        return failure.category();
    }

    static UpstreamException thrown(Runnable asking) {
        try {
            asking.run();
        } catch (UpstreamException e) {
            return e;
        }
        throw new AssertionError("An answer came");
    }

    @Override
    public void afterEach(ExtensionContext context) {
        client.close();
    }
}
