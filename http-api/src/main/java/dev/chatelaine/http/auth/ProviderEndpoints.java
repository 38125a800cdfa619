package dev.chatelaine.http.auth;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Where an OpenID provider signs people in, found by discovery when it is first needed. What was found is kept for ten
 * minutes, and beyond while the provider cannot be reached; after a failure it is left alone for five seconds. Safe for
 * several threads, of which one asks and the others wait.
 */
public final class ProviderEndpoints {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderEndpoints.class);
    private static final Duration KEEP = Duration.ofMinutes(10);
    private static final Duration RESPITE = Duration.ofSeconds(5);

    private final IssuerMetadata metadata;
    private final Clock clock;
    private @Nullable Endpoints found;
    private Instant askAgain = Instant.MIN;

    /** The endpoints of this issuer, which is asked through {@code fetch}. */
    public ProviderEndpoints(String issuer, BoundedFetch fetch, Clock clock) {
        this.metadata = new IssuerMetadata(issuer, fetch);
        this.clock = clock;
    }

    /**
     * A provider's endpoints.
     *
     * @param authorization where people sign in
     * @param token where codes are turned into tokens
     * @param clientAuthentication how a client may prove itself there; {@code client_secret_basic} where the provider
     *     does not say
     */
    public record Endpoints(URI authorization, URI token, Set<String> clientAuthentication) {
        public Endpoints {
            clientAuthentication = Set.copyOf(clientAuthentication);
        }
    }

    /**
     * The endpoints.
     *
     * @throws AuthenticationException {@code issuer_unavailable} when they are not known and cannot be found
     */
    public synchronized Endpoints get() {
        if (!clock.instant().isBefore(askAgain)) {
            try {
                found = endpoints(metadata.fetch());
                askAgain = clock.instant().plus(KEEP);
            } catch (IOException e) {
                LOG.atWarn()
                        .addKeyValue("reason", String.valueOf(e.getMessage()))
                        .log("The OpenID provider could not be asked; what it said before stays in use");
                askAgain = clock.instant().plus(RESPITE);
            }
        }
        if (found == null) {
            throw new AuthenticationException(
                    AuthenticationException.Kind.ISSUER_UNAVAILABLE, "The OpenID provider cannot be reached.");
        }
        return found;
    }

    private static Endpoints endpoints(JsonNode json) throws IOException {
        Set<String> methods = new TreeSet<>();
        json.path("token_endpoint_auth_methods_supported").forEach(method -> methods.add(method.asString("")));
        return new Endpoints(
                safe(json, "authorization_endpoint"),
                safe(json, "token_endpoint"),
                methods.isEmpty() ? Set.of("client_secret_basic") : methods);
    }

    private static URI safe(JsonNode json, String name) throws IOException {
        URI uri = IssuerMetadata.address(json, name);
        if (!IssuerLocation.isSafe(uri)) {
            throw new IOException("its metadata has an endpoint that is not https");
        }
        return uri;
    }
}
