package dev.chatelaine.vault.verify;

import dev.chatelaine.vault.VaultException;
import dev.chatelaine.vault.crypto.ChecksSecret;
import dev.chatelaine.vault.crypto.RevealsSecret;
import dev.chatelaine.vault.crypto.SecretValue;
import dev.chatelaine.vault.provider.EndpointPolicy;
import dev.chatelaine.vault.provider.Protocol;
import dev.chatelaine.vault.provider.Provider;
import dev.chatelaine.vault.provider.ProviderKeys;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.jspecify.annotations.Nullable;

/**
 * Asks with {@code GET <base URL>/models}, over HTTP. The client starts with the first question and stops with
 * {@link #close}. The key is opened when the request's header is written and dropped with the request; what a provider
 * answers and why a connection failed is not passed on, for providers echo keys.
 */
public final class ProviderKeyVerifier implements KeyVerifier, AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration TOTAL = Duration.ofSeconds(10);
    /** The version of Anthropic's API whose models list this is. */
    private static final String ANTHROPIC_VERSION = "2023-06-01";

    private final EndpointPolicy policy;
    private final HostResolver resolver;
    private final Duration connect;
    private final Duration total;
    private final Object lock = new Object();
    private @Nullable HttpClient client;
    private boolean closed;

    /** A verifier with a time-out of 5 seconds to connect and 10 for everything. */
    public ProviderKeyVerifier(EndpointPolicy policy, HostResolver resolver) {
        this(policy, resolver, CONNECT, TOTAL);
    }

    ProviderKeyVerifier(EndpointPolicy policy, HostResolver resolver, Duration connect, Duration total) {
        this.policy = policy;
        this.resolver = resolver;
        this.connect = connect;
        this.total = total;
    }

    @Override
    @ChecksSecret
    public VerificationStatus verify(Provider provider, URI baseUrl, @Nullable SecretValue key) {
        if (!provider.modelsList()) {
            return VerificationStatus.UNSUPPORTED;
        }
        if (key != null && !key.check(ProviderKeys::isPlain)) {
            return VerificationStatus.INVALID;
        }
        URI models = URI.create(policy.check(baseUrl) + "/models");
        Request request = client().newRequest(models)
                .method(HttpMethod.GET)
                .timeout(total.toMillis(), TimeUnit.MILLISECONDS)
                .headers(headers -> authenticate(headers, provider.protocol(), key));
        ModelsAnswer answer = new ModelsAnswer(provider.rejectionMarks());
        request.send(answer);
        return awaited(request, answer);
    }

    private VerificationStatus awaited(Request request, ModelsAnswer answer) {
        try {
            return answer.status().get(total.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof VaultException refused) {
                throw refused;
            }
            return VerificationStatus.UNREACHABLE;
        } catch (TimeoutException e) {
            return abandoned(request, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return abandoned(request, e);
        }
    }

    private static VerificationStatus abandoned(Request request, Exception why) {
        var unused = request.abort(why);
        return VerificationStatus.UNREACHABLE;
    }

    @RevealsSecret(RevealsSecret.Place.UPSTREAM_REQUEST)
    private static void authenticate(HttpFields.Mutable headers, Protocol protocol, @Nullable SecretValue key) {
        headers.put(HttpHeader.ACCEPT, "application/json");
        if (protocol == Protocol.ANTHROPIC) {
            headers.put("anthropic-version", ANTHROPIC_VERSION);
        }
        if (key == null) {
            return;
        }
        switch (protocol) {
            case ANTHROPIC -> headers.put("x-api-key", key.reveal());
            case OPENAI -> headers.put(HttpHeader.AUTHORIZATION, "Bearer " + key.reveal());
        }
    }

    private HttpClient client() {
        synchronized (lock) {
            if (closed) {
                throw new IllegalStateException("The verifier is closed");
            }
            if (client == null) {
                client = startedClient();
            }
            return client;
        }
    }

    private HttpClient startedClient() {
        try {
            return UpstreamClient.started(threads -> new CheckedResolver(resolver, policy, threads), connect, total);
        } catch (Exception e) {
            throw new IllegalStateException("The HTTP client did not start", e);
        }
    }

    /** Stops the client. A question that is still open is answered with {@link VerificationStatus#UNREACHABLE}. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            if (client != null) {
                stop(client);
                client = null;
            }
        }
    }

    private static void stop(HttpClient running) {
        try {
            running.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The HTTP client did not stop", e);
        }
    }
}
