package dev.chatelaine.http.auth;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetBasedJWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;

/**
 * An organisation's own provider, found by OpenID Connect discovery or RFC 8414. Nothing is fetched before the first
 * token comes, so that the service starts while the provider is down. Keys are cached and fetched anew ahead of time;
 * they stay in use for as long as the provider cannot be reached; an unknown key id causes a fetch, within a rate.
 * Safe for several threads. Closing it ends its background threads.
 */
public final class ExternalIssuer implements TrustedIssuer {
    /** So many may wait for a fetch that an unknown key id caused; a made-up id must not hold up every thread. */
    private static final int MOST_WAITING = 16;

    private final String issuer;
    private final DiscoveredKeys discovered;
    private final JWKSetBasedJWKSource<SecurityContext> keys;
    private final Semaphore waiting = new Semaphore(MOST_WAITING);

    /**
     * A provider.
     *
     * @param issuer its issuer identifier, to the character: https (http on this machine), without query and fragment
     * @param refresh how often it is asked
     * @throws IllegalArgumentException when it is no such identifier
     */
    public ExternalIssuer(String issuer, KeyRefresh refresh) {
        URI uri = URI.create(issuer);
        if (!IssuerLocation.isSafe(uri) || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "an issuer is an https address without user, query and fragment (http on this machine only)");
        }
        this.issuer = issuer;
        this.discovered = new DiscoveredKeys(issuer, new BoundedFetch(refresh.answer()));
        this.keys = cached(discovered, refresh);
    }

    @Override
    public String issuer() {
        return issuer;
    }

    @Override
    public List<JWK> keys(JWSHeader header) {
        JWKSelector selector = new JWKSelector(JWKMatcher.forJWSHeader(header));
        JWKSet latest = discovered.latest();
        if (latest == null || !selector.select(latest).isEmpty()) {
            return fetched(selector);
        }
        if (!waiting.tryAcquire()) {
            throw unavailable();
        }
        try {
            return fetched(selector);
        } finally {
            waiting.release();
        }
    }

    private List<JWK> fetched(JWKSelector selector) {
        try {
            return keys.get(selector, null);
        } catch (RateLimitReachedException e) {
            if (discovered.latest() != null) {
                return List.of();
            }
            throw unavailable();
        } catch (KeySourceException e) {
            throw unavailable();
        }
    }

    @Override
    public void close() {
        try {
            keys.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JWKSetBasedJWKSource<SecurityContext> cached(DiscoveredKeys source, KeyRefresh refresh) {
        ThreadFactory daemon = work -> {
            Thread thread = new Thread(work, "issuer-keys");
            thread.setDaemon(true);
            return thread;
        };
        return (JWKSetBasedJWKSource<SecurityContext>) JWKSourceBuilder.create(source)
                .cache(refresh.keep().toMillis(), refresh.longestFetch().toMillis())
                .refreshAheadCache(
                        refresh.ahead().toMillis(),
                        null,
                        Executors.newSingleThreadExecutor(daemon),
                        true,
                        Executors.newSingleThreadScheduledExecutor(daemon),
                        true)
                .rateLimited(refresh.window().toMillis())
                .outageTolerantForever()
                .build();
    }

    private static AuthenticationException unavailable() {
        return new AuthenticationException(
                AuthenticationException.Kind.ISSUER_UNAVAILABLE,
                "The issuer of tokens cannot be reached, so the token cannot be checked. Try again in a minute.");
    }
}
