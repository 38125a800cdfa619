package dev.chatelaine.http.auth;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetRetrievalException;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * An issuer's keys, fetched from where its metadata says they are; the metadata is read each time, so that a key set
 * may move. Called seldom: caching and rate limit are in front of it.
 */
final class DiscoveredKeys implements JWKSetSource<SecurityContext> {
    private static final Logger LOG = LoggerFactory.getLogger(DiscoveredKeys.class);

    private final String issuer;
    private final BoundedFetch fetch;
    private volatile @Nullable JWKSet latest;

    DiscoveredKeys(String issuer, BoundedFetch fetch) {
        this.issuer = issuer;
        this.fetch = fetch;
    }

    @Override
    public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator evaluator, long currentTime, @Nullable SecurityContext context)
            throws JWKSetRetrievalException {
        try {
            JWKSet fetched = JWKSet.parse(new String(fetch.get(keySet()), StandardCharsets.UTF_8));
            latest = fetched;
            return fetched;
        } catch (IOException e) {
            throw failed(String.valueOf(e.getMessage()), e);
        } catch (ParseException | RuntimeException e) {
            throw failed("its key set is malformed", e);
        }
    }

    /** What was fetched last; null before the first time. */
    @Nullable
    JWKSet latest() {
        return latest;
    }

    private JWKSetRetrievalException failed(String reason, Exception cause) {
        LOG.atWarn()
                .addKeyValue("issuer", issuer)
                .addKeyValue("reason", reason)
                .log("The issuer's keys could not be fetched; known ones stay in use");
        return new JWKSetRetrievalException("the issuer's keys could not be fetched", cause);
    }

    private URI keySet() throws IOException {
        IOException last = new IOException("no metadata");
        for (URI location : IssuerLocation.metadata(issuer)) {
            try {
                return keySet(fetch.get(location));
            } catch (IOException e) {
                last = e;
            }
        }
        throw last;
    }

    /** The issuer in the metadata must be the one it was fetched for (RFC 8414, section 3.3). */
    private URI keySet(byte[] metadata) throws IOException {
        JsonNode json = StrictJson.object(metadata).orElseThrow(() -> new IOException("its metadata is malformed"));
        if (!issuer.equals(json.path("issuer").asString(""))) {
            throw new IOException("its metadata is another issuer's");
        }
        try {
            return URI.create(json.path("jwks_uri").asString(""));
        } catch (IllegalArgumentException e) {
            throw new IOException("its metadata names no key set", e);
        }
    }

    @Override
    public void close() {}
}
